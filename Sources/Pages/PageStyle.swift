import HTML
import Reporting

/// How the service's own pages look: as all pages do, with what lists and reports need besides.
package enum PageStyle {
    /// Constant, so that a Content-Security-Policy can allow it by its hash.
    package static let text =
        PageShell.style + """

            :root{--bad:#b3261e;--bad-back:#fbe4e2;--good:#0a5c2b;--good-back:#dff3e4}
            @media(prefers-color-scheme:dark){:root{--bad:#ffb4ab;--bad-back:#4a1f1b;--good:#9fe0b2;--good-back:#173a24}}
            main.wide{max-width:62rem}
            .quiet{color:var(--quiet);font-size:.9rem}
            .badge{display:inline-block;border-radius:999px;padding:.05rem .6rem;font-size:.8rem;font-weight:600;
            background:var(--code);color:var(--quiet);white-space:nowrap}
            .badge.bad{color:var(--bad);background:var(--bad-back)}
            .badge.good{color:var(--good);background:var(--good-back)}
            form{display:flex;gap:.5rem;margin:.75rem 0}
            input{font:inherit;flex:1;min-width:0;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);
            border-radius:6px;padding:.4rem .75rem}
            form button{border:1px solid var(--line)}
            ul.rows{list-style:none;padding:0;margin:.75rem 0}
            ul.rows>li{border-top:1px solid var(--line);padding:.6rem 0;margin:0;overflow-wrap:anywhere}
            ul.rows>li p{margin:.15rem 0}
            td,dd,li,h1,h3{overflow-wrap:anywhere}
            h3{font-size:1.02rem;margin:1.4rem 0 .3rem}
            td.number,th.number{text-align:right;white-space:nowrap;min-width:0}
            td.time{white-space:nowrap}
            td p{margin:0}
            dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.35rem 1rem;margin:.75rem 0}
            dt{color:var(--quiet)}
            dd{margin:0}
            figure.picture{margin:1rem 0}
            figure.picture svg{display:block;max-width:100%;height:auto;font-family:inherit}
            figure.picture figcaption{display:block;border:0;padding:.25rem 0}
            figure.picture .wide{display:none}
            @media(min-width:48rem){figure.picture .narrow{display:none}figure.picture .wide{display:block}}
            time{white-space:nowrap}
            @media(max-width:40rem){dl{display:block}dd{margin:0 0 .5rem}
            .stack thead{display:none}
            .stack table,.stack tbody,.stack tr{display:block}
            .stack tr{border-bottom:1px solid var(--line);padding:.4rem 0}
            .stack td{display:inline;border:0;padding:0 .4rem 0 0}
            .stack td:first-child{font-weight:600}
            .stack td[data-label]::before{content:attr(data-label) " ";color:var(--quiet)}}

            """ + PictureRenderer.stylesheet
}
