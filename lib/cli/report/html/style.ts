/** How the page looks: by day, by night, narrow, and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2330;--soft:#5a6475;--line:#d5dae2;--card:#f7f8fa;
--good:#17683a;--good-bg:#e2f4e9;--bad:#a31621;--bad-bg:#fde7e8;--open:#85500a;--open-bg:#fdf0d9;--risk:#5b3a9c;--risk-bg:#efe9fb;--none:#565f6e;--none-bg:#eceff3;
--caller:#eaf1fd;--caller-line:#6d93d1;--front:#e7f6f4;--front-line:#52a396;--host:#f5f6f8;--host-line:#9aa4b3;--container:#fff;--door:#e2f4e9;--door-line:#4d9c6d;--way:#fdf3e0;--way-line:#c9963f;--store:#f3eefb;--store-line:#9376c6}
@media screen and (prefers-color-scheme:dark){:root{--bg:#12161d;--fg:#e4e8ef;--soft:#a3adbc;--line:#323a47;--card:#1a2029;
--good:#7fdba3;--good-bg:#15331f;--bad:#ff9ea3;--bad-bg:#45171b;--open:#f3c26b;--open-bg:#3b2a0c;--risk:#c8b0ff;--risk-bg:#2c2048;--none:#aab3c0;--none-bg:#262d37;
--caller:#18263d;--caller-line:#5b83c4;--front:#12302d;--front-line:#4a9a8d;--host:#1a2029;--host-line:#5d6878;--container:#222a35;--door:#15331f;--door-line:#4d9c6d;--way:#33270f;--way-line:#b58a3d;--store:#261d3a;--store-line:#8468b8}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main{max-width:1200px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}h2{font-size:21px;margin:44px 0 10px;padding-top:14px;border-top:2px solid var(--line)}h3{font-size:17px;margin:28px 0 8px}h4{font-size:14px;margin:0;font-weight:600}
p{margin:4px 0}.soft{color:var(--soft)}a{color:inherit}
code,svg text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
code{font-size:13px}
.counts{display:flex;flex-wrap:wrap;gap:8px;list-style:none;margin:12px 0;padding:0}
.badge{display:inline-block;border-radius:4px;padding:1px 8px;font-size:13px;font-weight:600;white-space:nowrap}
.holds{color:var(--good);background:var(--good-bg)}.broken{color:var(--bad);background:var(--bad-bg)}.unproven{color:var(--open);background:var(--open-bg)}.accepted{color:var(--risk);background:var(--risk-bg)}.not-applicable{color:var(--none);background:var(--none-bg)}
.figure{overflow-x:auto;border:1px solid var(--line);border-radius:8px;margin:12px 0;background:var(--bg)}
.figure svg{display:block;width:100%;height:auto;min-width:920px}
svg text{font-size:11px;fill:var(--fg)}svg .title{font-weight:700}
svg rect{fill:var(--host);stroke:var(--host-line)}
svg .caller>rect{fill:var(--caller);stroke:var(--caller-line)}svg .internet>rect{fill:var(--bad-bg);stroke:var(--bad)}
svg .balancer>rect{fill:var(--front);stroke:var(--front-line)}svg .listener>rect,svg .container>rect,svg .machine>rect{fill:var(--container)}svg .listener>rect{stroke:var(--front-line)}
svg .door>rect{fill:var(--door);stroke:var(--door-line)}svg .operators>rect{fill:var(--way);stroke:var(--way-line)}svg .closed>rect{fill:none;stroke-dasharray:3 3}
svg .outside>rect,svg .service>rect{fill:var(--way);stroke:var(--way-line)}svg .store>rect,svg .key>rect,svg .secret>rect{fill:var(--store);stroke:var(--store-line)}
svg .line{fill:none;stroke:var(--soft);stroke-width:1.4}svg .head{fill:var(--soft)}svg .probe .line{stroke-dasharray:4 4}
.claim{border:1px solid var(--line);border-radius:8px;padding:10px 12px;margin:8px 0;background:var(--card)}
.claim>header{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:baseline}
.finding{border-top:1px solid var(--line);margin-top:8px;padding-top:8px}
.finding p{font-size:14px}.fix{border-left:3px solid var(--open);padding-left:8px}
.links{columns:2;column-gap:32px;padding-left:18px;font-size:14px}.links li{break-inside:avoid}
@media (max-width:640px){.links{columns:1}main{padding:16px 10px 48px}h1{font-size:22px}}
@media print{:root{color-scheme:only light}body{font-size:11pt}main{max-width:none;padding:0}.figure{overflow:visible;border:0}.figure svg{min-width:0}.claim{break-inside:avoid;background:none}h2{break-before:page}h2:first-of-type{break-before:auto}h3,h4{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
