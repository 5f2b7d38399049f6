extension PageShell {
    /// What all pages share. Constant, so that a Content-Security-Policy can allow it by its hash.
    package static let style = """
        :root{color-scheme:light dark;--ink:#1c2024;--paper:#fff;--quiet:#596068;--line:#d9dde1;--code:#f3f5f7;
        --link:#0b5cad;--value:#0a5c2b;--value-back:#dff3e4;--open:#7a4a00;--open-back:#fdecc8}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e8ea;--paper:#15181b;--quiet:#a0a7ae;--line:#363c42;
        --code:#20252a;--link:#7db7f5;--value:#9fe0b2;--value-back:#173a24;--open:#f3c878;--open-back:#43310f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",
        Roboto,"Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:46rem;margin:0 auto;padding:1rem 1rem 4rem}
        h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0 .75rem}
        h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
        p,ul,ol{margin:.6rem 0}
        ul,ol{padding-left:1.5rem}
        li{margin:.4rem 0}
        a{color:var(--link)}
        .up{font-size:.9rem;margin:0}
        .incident{background:var(--code);border-left:4px solid var(--link);border-radius:4px;padding:.5rem .75rem;
        margin:.75rem 0;font-size:.95rem;overflow-wrap:anywhere}
        .incident p{margin:.25rem 0}
        nav{display:flex;flex-wrap:wrap;gap:.4rem;margin:.75rem 0;font-size:.9rem}
        nav a{border:1px solid var(--line);border-radius:999px;padding:.2rem .75rem;text-decoration:none}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
        code{background:var(--code);border-radius:4px;padding:.1em .3em;overflow-wrap:anywhere}
        pre{position:relative;background:var(--code);border:1px solid var(--line);border-radius:6px;
        padding:.7rem .75rem;margin:.75rem 0;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}
        pre code{background:none;padding:0;font-size:1em;display:block;-webkit-user-select:all;user-select:all}
        .line{display:inline-block;width:100%;padding-left:1.25em;text-indent:-1.25em}
        figure{margin:.75rem 0}
        figure pre{margin:0;border-radius:0 0 6px 6px}
        figcaption{display:flex;justify-content:space-between;align-items:center;border:1px solid var(--line);
        border-bottom:0;border-radius:6px 6px 0 0;padding:.15rem .15rem .15rem .75rem;color:var(--quiet);font-size:.8rem}
        button{font:inherit;color:var(--link);background:none;border:0;border-radius:4px;padding:.35rem .75rem;
        cursor:pointer}
        .table{overflow-x:auto;margin:.75rem 0}
        table{border-collapse:collapse;width:100%;font-size:.94rem}
        th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);
        min-width:7.5rem}
        th{color:var(--quiet);font-weight:600}
        .value{color:var(--value);background:var(--value-back);border-radius:3px;padding:0 .15em}
        .open{color:var(--open);background:var(--open-back);border-radius:3px;padding:0 .15em}
        """
}
