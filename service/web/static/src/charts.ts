// Stacked bars of confirmed findings; loaded only where a page has something to draw.
// Canvas and plain-text tooltips: the page's content policy allows no inline styles.
import { BarChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

interface Line {
  name: string;
  numbers: number[];
}

interface Data {
  steps: string[];
  lines: Line[];
}

// Told apart by the colour-blind too (after Okabe and Ito); the legend in the page has them too.
const COLOURS = ["#1b4f8a", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#98a2ad"];
const INK = "#1d2733";
const SOFT = "#5a6775";

const shorten = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);

function draw(place: HTMLElement): void {
  const data = JSON.parse(place.dataset["chart"] ?? "") as Data;
  delete place.dataset["chart"];
  const chart = init(place, undefined, { renderer: "canvas" });
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: INK };
  chart.setOption({
    animation: false,
    color: COLOURS,
    textStyle: font,
    grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      axisPointer: { type: "shadow" },
      textStyle: { ...font, fontSize: 12 },
      confine: true,
    },
    xAxis: { type: "category", data: data.steps, axisTick: { show: false }, axisLabel: { color: SOFT } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: SOFT } },
    series: data.lines.map((line) => ({
      name: shorten(line.name),
      type: "bar" as const,
      stack: "all",
      barMaxWidth: 28,
      data: line.numbers.map((number) => number || null),
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}

function drawAll(): void {
  document.querySelectorAll<HTMLElement>("[data-chart]").forEach(draw);
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
