// The row asked gives the card its title, and stands where it is seen. Without script the card still reads right.
(function () {
  var row = document.querySelector(".cmp .cloze");
  while (row && row.nodeName !== "TR") row = row.parentNode;
  if (!row || / asked/.test(row.className)) return;
  row.className += " asked";
  var name = row.querySelector("th"), title = document.getElementById("asked");
  if (name && title && name.textContent.trim()) title.innerHTML = name.innerHTML;
  if (row.rowIndex > 8 || document.querySelector(".tall")) row.parentNode.insertBefore(row, row.parentNode.firstChild);
})();
