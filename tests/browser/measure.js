// What a page measures, for the checks of access.py. Each function answers with a list of what is wrong.
(() => {
  const POINTS = 44;
  const OPERABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const name = (node) => `<${node.tagName.toLowerCase()}${node.id ? ` #${node.id}` : ""} class="${node.className?.baseVal ?? node.className}"> ${(node.textContent || node.name || "").trim().replace(/\s+/g, " ").slice(0, 40)}`;
  const hidden = (node) => !node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const cut = (node) => Boolean(node.closest(".visually-hidden, .skip:not(:focus)"));
  const operable = () => {
    const dialog = document.querySelector("dialog[open]") ?? document;
    return [...dialog.querySelectorAll(OPERABLE)].filter((node) => !node.disabled && !hidden(node) && !cut(node) && node.getClientRects().length);
  };
  const labelOf = (node) => node.closest("label") ?? node.labels?.[0] ?? null;
  const ours = (hit, node) => hit && (node.contains(hit) || (labelOf(node)?.contains(hit) ?? false));

  // A link in the middle of a sentence may be as low as its line; so may what the sentence holds nothing else than.
  function inSentence(node) {
    if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
    const around = node.closest("p, li, dd, td, blockquote, footer, figcaption");
    return Boolean(around) && around.textContent.trim().length > node.textContent.trim().length + 3;
  }

  // The field under a finger: the box of the thing or of its label, or what a press 21 px beside its middle meets.
  function tooSmall(node) {
    const boxes = [node, labelOf(node)].filter(Boolean).map((each) => each.getBoundingClientRect());
    if (boxes.some((box) => box.width >= POINTS - 0.5 && box.height >= POINTS - 0.5)) return false;
    node.scrollIntoView({ block: "center", inline: "center" });
    const box = node.getBoundingClientRect();
    const [x, y, reach] = [box.left + box.width / 2, box.top + box.height / 2, POINTS / 2 - 1];
    const sides = box.width >= POINTS - 0.5 ? [] : [[x - reach, y], [x + reach, y]];
    const met = ([left, top]) => ours(document.elementFromPoint(left, top), node);
    const ends = box.height >= POINTS - 0.5 ? [] : [[x, y - reach], [x, y + reach]];
    // A short word at the edge of a row reaches to one side only.
    const wide = sides.every(met) || [box.left + 1, box.left + POINTS - 1].every((left) => met([left, y]));
    return !(wide && ends.every(met));
  }

  function smallTargets() {
    return operable().filter((node) => !inSentence(node) && tooSmall(node)).map((node) => {
      const box = node.getBoundingClientRect();
      return `${Math.round(box.width)}×${Math.round(box.height)} ${name(node)}`;
    });
  }

  function tooWide() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const far = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > room + 1 && !node.closest(".table-scroll, .prose pre, .prose table, .score-nav"));
    return [`${document.documentElement.scrollWidth} px on ${room}`, ...far.slice(0, 3).map(name)];
  }

  // Words that end at the edge of their own box. A box that scrolls, or that hides on purpose, is none.
  function cutOff() {
    return [...document.body.querySelectorAll("*")].filter((node) => {
      if (hidden(node) || cut(node) || node.clientWidth <= 2 || !node.textContent.trim()) return false;
      const style = getComputedStyle(node);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.clipPath !== "none") return false;
      return node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    }).map(name);
  }

  function moves() {
    return [...document.querySelectorAll("*")].filter((node) => {
      const style = getComputedStyle(node);
      return style.animationName !== "none" || style.transitionDuration.split(", ").some((each) => parseFloat(each) > 0) || style.scrollBehavior === "smooth";
    }).map(name);
  }

  const channels = (color) => color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  const opaque = (color) => (channels(color)[3] ?? 1) > 0.9;
  function luminance(color) {
    const [red, green, blue] = channels(color).slice(0, 3).map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
  function ground(node) {
    for (let each = node; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (opaque(color)) return color;
    }
    return "rgb(255, 255, 255)";
  }

  const ringOf = (node) => {
    const style = getComputedStyle(node);
    return style.outlineStyle === "none" ? null : { width: parseFloat(style.outlineWidth), color: style.outlineColor, inside: parseFloat(style.outlineOffset) < 0 };
  };
  // Where the thing that has the focus lies under a bar that stays in its place.
  function covered(node) {
    const box = node.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
    return [box.top + 2, box.bottom - 2].filter((y) => y > 0 && y < innerHeight).find((y) => {
      const bar = document.elementFromPoint(x, y)?.closest(".score-bar, .score-foot, .status, .side, .foot");
      return bar && !bar.contains(node);
    });
  }
  function badFocus(node) {
    const rings = [node, labelOf(node)].filter(Boolean);
    const before = rings.map(ringOf);
    node.focus();
    if (document.activeElement !== node) return `${name(node)}: takes no focus`;
    const at = rings.findIndex((each, index) => ringOf(each) && JSON.stringify(ringOf(each)) !== JSON.stringify(before[index]));
    if (at < 0) return `${name(node)}: looks the same with the focus`;
    const ring = ringOf(rings[at]);
    const behind = ground(ring.inside ? rings[at] : rings[at].parentElement ?? rings[at]);
    const ratio = contrast(ring.color, behind);
    if (ring.width < 2 || ratio < 3) return `${name(node)}: ring of ${ring.width} px at ${ratio.toFixed(1)}`;
    if (covered(node) !== undefined) return `${name(node)}: under a bar`;
    return "";
  }
  // The one thing that has the focus now, as a person meets it who goes from stop to stop.
  function stopTroubles() {
    const node = document.activeElement;
    if (node === document.body) return ["the focus is nowhere"];
    const at = [node, labelOf(node)].find((each) => each && ringOf(each));
    if (!at) return [`${name(node)}: nothing shows the focus`];
    const ratio = contrast(ringOf(at).color, ground(ringOf(at).inside ? at : at.parentElement));
    if (ringOf(at).width < 2 || ratio < 3) return [`${name(node)}: ring of ${ringOf(at).width} px at ${ratio.toFixed(1)}`];
    return covered(node) === undefined ? [] : [`${name(node)}: under a bar`];
  }
  const focusTroubles = () => { document.activeElement.blur(); return operable().map(badFocus).filter(Boolean); };
  const forwards = () => [...document.querySelectorAll("[tabindex]")].filter((node) => node.tabIndex > 0).map(name);

  // On paper: what only a screen can do, and words that are not dark on white.
  function notForPaper() {
    const drawn = [...document.querySelectorAll("nav, button, .btn, .side, .foot, .skip, .status, form.inline-form")].filter((node) => node.getClientRects().length);
    const pale = [...document.querySelectorAll("h1, h2, h3, p, li, td, th, dd, dt, a")].filter((node) => node.getClientRects().length && !node.closest("[class*='step-'], .key") && contrast(getComputedStyle(node).color, ground(node)) < 4.5);
    const dark = luminance(ground(document.body)) < 0.99 ? ["the page is not white"] : [];
    return [...dark, ...drawn.map((node) => `drawn: ${name(node)}`), ...pale.map((node) => `pale: ${name(node)}`)];
  }

  return { smallTargets, tooWide, cutOff, moves, stopTroubles, focusTroubles, forwards, notForPaper, contrast };
})()
