// The address follows what the wall is asked for, so that it can be kept and passed on.
(function () {
  "use strict";
  const form = document.querySelector("form.wall");
  if (!form) { return; }
  form.addEventListener("input", function () {
    const asked = new URLSearchParams(new FormData(form));
    Array.from(asked).forEach(function (one) { if (!one[1]) { asked.delete(one[0]); } });
    const path = form.getAttribute("action"), told = asked.toString();
    history.replaceState(null, "", told ? path + "?" + told : path);
  });
})();
