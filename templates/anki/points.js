// Shows the points one by one, a tap each. What is not shown yet is not in the page's text.
(function () {
  var root = document.querySelector(".am.points"), held = root && root.querySelector("template"), box = root && root.querySelector(".taps");
  if (!held || !held.content || !box || box.firstChild) return;
  var page = box.ownerDocument, list = page.createElement("ol"), shown = 0;
  var points = [].slice.call(held.content.querySelectorAll("li")).filter(function (item) {
    return !item.parentNode.parentNode.closest || !item.parentNode.parentNode.closest("li");
  });
  function next() {
    var row = list.children[shown];
    if (!row) return;
    row.className = "shown";
    row.innerHTML = points[shown].innerHTML;
    shown += 1;
    offer();
    if (window.MathJax && MathJax.typesetPromise) MathJax.typesetPromise([row]);
  }
  function offer() {
    var row = list.children[shown];
    if (!row) return;
    var button = page.createElement("button");
    button.type = "button";
    button.className = "tap tappable";
    button.textContent = box.getAttribute("data-tap");
    button.onclick = function (event) { event.stopPropagation(); next(); };
    row.appendChild(button);
  }
  points.forEach(function () { list.appendChild(page.createElement("li")); });
  box.appendChild(list);
  offer();
})();
