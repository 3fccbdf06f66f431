// Draws charts from the tables beside them: the numbers stand in the cells' data-v. So a chart never says more than its table.
import { colour } from "./theme.js";
/* global echarts */

const charts = new Map();

function read(box) {
  const { table, x, y } = box.dataset;
  return [...document.querySelectorAll(`#${table} tbody tr`)].map((row) => {
    const value = row.cells[y].dataset.v;
    return [row.cells[x].dataset.v, value === undefined ? null : Number(value)];
  });
}

function number(value) {
  return Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(value);
}

function look() {
  return { ink: colour("--ink"), quiet: colour("--quiet"), line: colour("--line"), surface: colour("--surface"), raised: colour("--raised") };
}

function tooltip(shades, unit) {
  return {
    trigger: "axis",
    // The other mode writes styles into the page, which its policy forbids.
    renderMode: "richText",
    confine: true,
    backgroundColor: shades.raised,
    borderColor: shades.line,
    textStyle: { color: shades.ink, fontSize: 12 },
    valueFormatter: (value) => (value === null || value === undefined ? "–" : `${number(value)} ${unit}`),
  };
}

function lines(box, shades) {
  const { kind, unit = "", color = "0" } = box.dataset;
  const data = read(box);
  const tone = colour(`--branch-${color}`);
  const time = box.dataset.time !== undefined;
  return {
    animationDuration: 400,
    grid: { left: 8, right: 12, top: 16, bottom: 4, containLabel: true },
    tooltip: tooltip(shades, unit),
    xAxis: {
      type: time ? "time" : "category",
      data: time ? undefined : data.map(([x]) => x),
      boundaryGap: kind === "bar",
      axisLine: { lineStyle: { color: shades.line } },
      axisTick: { show: false },
      axisLabel: { color: shades.quiet, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      splitNumber: 3,
      scale: time,
      axisLabel: { color: shades.quiet, fontSize: 11, formatter: number },
      splitLine: { lineStyle: { color: shades.line } },
    },
    series: [
      {
        type: kind === "bar" ? "bar" : "line",
        data: time ? data.map(([x, y]) => [Number(x), y]) : data.map(([, y]) => y),
        step: kind === "step" ? "end" : undefined,
        showSymbol: data.length < 3,
        barMaxWidth: 14,
        itemStyle: { color: tone, borderRadius: [3, 3, 0, 0] },
        lineStyle: { width: 2.2, color: tone },
        areaStyle: kind === "bar" ? undefined : { color: tone, opacity: 0.12 },
      },
    ],
  };
}

function pie(box, shades) {
  return {
    animationDuration: 400,
    color: [0, 1, 3, 2, 4].map((i) => colour(`--branch-${i}`)),
    tooltip: { ...tooltip(shades, ""), trigger: "item" },
    series: [
      {
        type: "pie",
        radius: ["48%", "72%"],
        data: read(box).map(([name, value]) => ({ name, value })),
        itemStyle: { borderColor: shades.surface, borderWidth: 2 },
        label: { color: shades.ink, fontSize: 12 },
        labelLine: { lineStyle: { color: shades.quiet } },
      },
    ],
  };
}

function draw(box) {
  const title = box.closest("figure")?.querySelector("h2, figcaption")?.textContent ?? "";
  box.hidden = false;
  let chart = charts.get(box);
  if (!chart) {
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", title);
    chart = echarts.init(box);
    charts.set(box, chart);
    new ResizeObserver(() => chart.resize()).observe(box);
  }
  chart.setOption(box.dataset.kind === "pie" ? pie(box, look()) : lines(box, look()), true);
}

function drawAll() {
  document.querySelectorAll(".chart").forEach(draw);
}

drawAll();
document.addEventListener("refreshed", drawAll);
document.addEventListener("recoloured", drawAll);
