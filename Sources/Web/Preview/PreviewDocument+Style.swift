extension PreviewDocument {
    /// Constant, so that a Content-Security-Policy can allow it by its hash. It comes after that of all pages.
    static let style = """
        :root{--slack-ink:#1d1c1d;--slack-quiet:#616061;--slack-paper:#fff;--slack-line:#ddd;--slack-link:#1264a3;
        --slack-code:#c01343;--slack-code-back:#f6f6f6;--card-ink:#242424;--card-quiet:#616161;--card-paper:#fff;
        --card-line:#d1d1d1;--card-link:#4f52b2;--card-warning:#835c00;--mention-back:#fdf0cd}
        @media(prefers-color-scheme:dark){:root{--slack-ink:#d1d2d3;--slack-quiet:#ababad;--slack-paper:#1a1d21;
        --slack-line:#3f4348;--slack-link:#1d9bd1;--slack-code:#e8912d;--slack-code-back:#22252a;--card-ink:#fff;
        --card-quiet:#adadad;--card-paper:#292929;--card-line:#525252;--card-link:#a9acf7;--card-warning:#f2c661;
        --mention-back:#4b3b13}}
        main.wide{max-width:80rem}
        nav a[aria-current]{background:var(--code);font-weight:600}
        h3{font-size:.85rem;color:var(--quiet);margin:.5rem 0 .25rem;font-weight:600}
        .chats{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1.5rem}
        @media(min-width:60rem){.chats{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
        .side,.chat{min-width:0}
        .none{color:var(--quiet);font-size:.95rem}
        .sizes{color:var(--quiet);font-size:.85rem;margin:.25rem 0 1rem}
        .sizes ul{columns:2 14rem;margin:.25rem 0}
        .sizes li{margin:.1rem 0}
        .chat{border:1px solid var(--line);border-radius:8px;padding:.5rem .75rem .75rem;overflow-wrap:anywhere}
        .chat p{margin:.5rem 0}
        .chat p.close{margin-top:-.5rem}
        .slack .text{white-space:pre-wrap}
        .chat .from{margin:.1rem 0;font-size:.94em}
        .icon{display:inline-block;width:1.6em;text-align:center;border-radius:4px;background:#7a4a00;color:#fff;
        margin-right:.4em;font-weight:700}
        .app{font-size:.65em;background:var(--code);color:var(--quiet);border-radius:2px;padding:.1em .3em;
        vertical-align:middle}
        .mention{background:var(--mention-back);border-radius:3px;padding:0 .15em}
        .chat details{border-left:3px solid var(--line);padding-left:.6rem;margin:.5rem 0}
        .chat summary{cursor:pointer;font-weight:600}
        .slack{background:var(--slack-paper);color:var(--slack-ink);font:15px/1.46668 Lato,"Liberation Sans",Arial,
        sans-serif}
        .slack a{color:var(--slack-link);text-decoration:none}
        .slack .quiet{font-size:13px;color:var(--slack-quiet)}
        .slack code{color:var(--slack-code);background:var(--slack-code-back);border:1px solid var(--slack-line);
        border-radius:3px;font:12px/1.5 Menlo,"Liberation Mono",monospace;padding:2px 3px 1px}
        .buttons{display:flex;flex-wrap:wrap;gap:8px}
        .slack .buttons a,.slack .buttons span{border:1px solid var(--slack-line);border-radius:4px;padding:3px 12px;
        font-size:13px;font-weight:700;color:var(--slack-ink)}
        .teams{background:var(--card-paper);color:var(--card-ink);font:14px/1.43 "Segoe UI",system-ui,"Liberation Sans",
        sans-serif}
        .teams a{color:var(--card-link);text-decoration:none}
        .teams .headline{font-size:17px;line-height:1.3;font-weight:600}
        .teams .quiet{color:var(--card-quiet);font-size:12px}
        .teams .warning{color:var(--card-warning)}
        .teams .monospaced{font:12px/1.4 Consolas,"Liberation Mono",monospace}
        .teams .buttons a,.teams .buttons span{border:1px solid var(--card-line);border-radius:4px;padding:4px 12px;
        font-weight:600;color:var(--card-ink)}
        .facts{display:grid;grid-template-columns:fit-content(35%) minmax(0,1fr);gap:2px 12px;margin:.5rem 0}
        .facts dt{font-weight:600}
        .facts dd{margin:0;min-width:0}
        """
}
