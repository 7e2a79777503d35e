"""Names of classes that strangers may write into a link; on every page they must stay text."""

HOSTILE = {
    "markup": "<img src=x onerror=alert()>"[:24],
    "script": "</script><script>boo()"[:24],
    "latex": "$\\href{javascript:x}{y}$",
    "markdown": "**:red[x]** [a](//b.c)",
    "template": "%{x}{{7*7}}${1}&lt;b&gt;"[:24],
    "right to left": "שלום עולם",
    "emoji": "👩‍🔬🌸👍🏽",
    "wide": "国" * 24,
    "narrow": "W" * 24,
}
