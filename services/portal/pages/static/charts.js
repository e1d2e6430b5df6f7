// Draws the charts of a page from the options that stand beside them. Without this script, or without
// the library, the tables tell the same numbers.
"use strict";

(function () {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map();

  function token(name) {
    return getComputedStyle(document.body).getPropertyValue(name).trim();
  }

  function coloured(option, plot) {
    const ink = token("--ink"), faint = token("--faint"), line = token("--line");
    const size = Math.round(parseFloat(getComputedStyle(document.body).fontSize) * 0.8);
    const axis = {
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { color: ink, fontSize: size },
      splitLine: { lineStyle: { color: line } },
    };
    function more(given) {
      return Object.assign({}, axis, given, { axisLabel: Object.assign({}, axis.axisLabel, given.axisLabel) });
    }
    option.color = option.color.map(token);
    option.textStyle = { color: ink, fontFamily: token("--sans"), fontSize: size };
    option.legend.textStyle = { color: ink, fontSize: size };
    option.xAxis = more(option.xAxis);
    option.yAxis = more(option.yAxis);
    option.animation = !calm.matches;
    option.animationDuration = 300;
    option.tooltip.backgroundColor = token("--paper");
    option.tooltip.borderColor = line;
    option.tooltip.textStyle = { color: ink, fontSize: size };
    option.tooltip.formatter = function (at) {
      return [at[0].name].concat(at.map(function (one) {
        return one.seriesName + ":" + (one.data.told || "—");
      })).join("\n");
    };
    // Room for the longest number behind its bar, and two lines for a long name before it.
    const rows = option.yAxis.type === "category";
    if (rows) {
      const names = option.yAxis.data.map(function (one) { return one.length; });
      const wide = Math.max.apply(null, names) * size + 4;
      option.yAxis.axisLabel.width = Math.min(wide, Math.round(plot.clientWidth * 0.46));
      option.yAxis.axisLabel.lineHeight = Math.round(size * 1.15);
      option.grid.right = Math.max(16, Math.ceil(longest(option) * size * 0.62) + 14);
    }
    option.series.forEach(function (one) {
      one.label.color = ink;
      one.label.fontSize = size;
      one.label.formatter = function (at) { return at.data.told; };
      one.data.forEach(function (datum) { one.cursor = datum.to ? "pointer" : one.cursor || "default"; });
    });
    option.aria.label = { enabled: false, description: "" };
    option.legend.pageTextStyle = { color: faint };
    return option;
  }

  function longest(option) {
    const told = option.series.flatMap(function (one) {
      return one.label.show ? one.data.map(function (datum) { return datum.told || ""; }) : [];
    });
    return told.reduce(function (most, one) { return Math.max(most, one.length); }, 0);
  }

  // The names of the series take as many lines as they need, above the drawing and not in it.
  function legendLines(option, width) {
    if (!option.legend.show) { return 0; }
    const size = option.textStyle.fontSize;
    let lines = 1, used = 0;
    option.series.forEach(function (one) {
      const wide = one.name.length * size + 46;
      if (used && used + wide > width) { lines += 1; used = 0; }
      used += wide;
    });
    return lines;
  }

  function draw(figure) {
    const plot = figure.querySelector(".plot"), table = figure.querySelector("details");
    plot.hidden = false;
    const option = coloured(JSON.parse(figure.querySelector("script").textContent), plot);
    const size = option.textStyle.fontSize, lines = legendLines(option, plot.clientWidth);
    option.grid.top = 12 + lines * (size + 14);
    const taller = option.yAxis.type === "category" ? Math.max(1, size / 14) : 1;
    plot.style.height = Math.round(plot.dataset.height * taller) + lines * (size + 14) + "px";
    const chart = window.echarts.init(plot, null, { renderer: "canvas" });
    chart.setOption(option);
    chart.on("click", function (at) { if (at.data && at.data.to) { location.href = at.data.to; } });
    if (table && !figure.dataset.kept) { table.open = kept.has(figure.id); }
    figure.dataset.kept = "yes";
    drawn.set(figure, chart);
    sizes.observe(plot);
  }

  // Which tables stay open when the page reads itself again.
  const kept = new Set();
  document.addEventListener("toggle", function (event) {
    const figure = event.target.closest && event.target.closest("figure.chart");
    if (!figure || !figure.dataset.kept) { return; }
    if (event.target.open) { kept.add(figure.id); } else { kept.delete(figure.id); }
  }, true);

  const sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      const chart = drawn.get(entry.target.closest("figure.chart"));
      if (chart) { chart.resize(); }
    });
  });

  function drawAll() {
    drawn.forEach(function (chart, figure) {
      if (!figure.isConnected) { chart.dispose(); drawn.delete(figure); }
    });
    document.querySelectorAll("figure.chart:not([data-kept]):has(.plot)").forEach(draw);
  }

  if (!window.echarts) { return; }
  drawAll();
  new MutationObserver(drawAll).observe(document.getElementById("main"), { childList: true });
})();
