// Shuffles the choices anew every day, grades by a tap, and keeps what was chosen for the back. Reads right without script.
(function () {
  var root = document.querySelector(".am.choice"), list = root && root.querySelector(".choices ol");
  if (!list || / ready/.test(list.className)) return;
  list.className += " ready";
  var back = / back /.test(root.className), key = "amgi:" + root.querySelector(".term").textContent;
  var say = root.querySelector(".choices").getAttribute("data-verdicts").split("|");
  var verdict = root.querySelector(".verdict"), items = [].slice.call(list.children);
  function keep(value) {
    window.amgiChosen = { key: key, value: value };
    try { sessionStorage.setItem(key, value); } catch (e) {}
  }
  function kept() {
    if (window.amgiChosen && window.amgiChosen.key === key) return window.amgiChosen.value;
    try { return sessionStorage.getItem(key) || ""; } catch (e) { return ""; }
  }
  var seed = Math.floor(Date.now() / 864e5), i, j;
  for (i = 0; i < key.length; i++) seed = (seed * 31 + key.charCodeAt(i)) % 2147483647;
  for (i = items.length - 1; i > 0; i--) {
    seed = (seed * 16807 + 11) % 2147483647;
    j = seed % (i + 1);
    list.insertBefore(items[j], items[i].nextSibling);
    items.splice(i, 0, items.splice(j, 1)[0]);
  }
  function badge(item, text) {
    var mark = item.ownerDocument.createElement("b");
    mark.className = "badge";
    mark.textContent = text;
    item.insertBefore(mark, item.firstChild);
  }
  function grade(chosen) {
    var right = 0;
    list.className += " done";
    items.forEach(function (item, i) {
      var good = / right /.test(" " + item.className + " ");
      if (good) right = i;
      if (good) badge(item, "✓ " + (i === chosen ? say[3] : say[2]));
      else if (i === chosen) { item.className += " wrong"; badge(item, "✕ " + say[3]); }
    });
    if (chosen < 0) return;
    verdict.className = "verdict " + (chosen === right ? "good" : "bad");
    verdict.textContent = chosen === right ? say[0] : say[1] + "①②③④⑤⑥".charAt(right);
  }
  if (back) {
    var chosen = kept();
    grade(chosen === "" ? -1 : Number(chosen));
    return;
  }
  keep("");
  items.forEach(function (item, i) {
    item.className += " tappable";
    item.setAttribute("role", "button");
    item.setAttribute("tabindex", "0");
    item.onclick = function (event) {
      event.stopPropagation();
      if (/ done/.test(list.className)) return;
      keep(String(i));
      grade(i);
    };
    item.onkeydown = function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); item.onclick(event); }
    };
  });
})();
