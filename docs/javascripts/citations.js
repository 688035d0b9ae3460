// Citations as they stand in docstrings, [@haller2015] or [@a1990; @b2003, chapter 2], become links to the list of sources.
(() => {
  const sources = new URL("../catalogue/sources/", document.currentScript.src);
  const citation = /\[(@[a-z][\w-]*(?:[,;][^\[\]]*)?)\]/g;
  const label = (key) => {
    const parts = key.match(/^([a-z]+)(\d{4})/);
    return parts ? parts[1][0].toUpperCase() + parts[1].slice(1) + " " + parts[2] : key;
  };
  const linked = (inside) => {
    const span = document.createElement("span");
    span.append("(");
    for (const piece of inside.split(/(@[a-z][\w-]*)/)) {
      if (!piece.startsWith("@")) {
        span.append(piece);
        continue;
      }
      const link = document.createElement("a");
      link.href = sources.href + "#" + piece.slice(1);
      link.textContent = label(piece.slice(1));
      span.append(link);
    }
    span.append(")");
    return span;
  };
  document.addEventListener("DOMContentLoaded", () => {
    const walker = document.createTreeWalker(document.querySelector("article") ?? document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.includes("[@") && !node.parentElement.closest("code, pre, script, a, .arithmatex")) found.push(node);
    }
    for (const node of found) {
      const pieces = node.data.split(citation);
      node.replaceWith(...pieces.map((piece, i) => (i % 2 ? linked(piece) : document.createTextNode(piece))));
    }
  });
})();
