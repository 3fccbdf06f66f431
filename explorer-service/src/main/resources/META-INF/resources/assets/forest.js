// Draws the tree at a moment: a column a height, a row a branch, the nodes' names below the blocks that they are at. What
// was drawn before glides to its new place.
import { branchesOf } from "./story.js";
import { calm } from "./theme.js";
/* global d3 */

const columns = 80;
const columnWidth = 112;
const box = { width: 84, height: 44 };
const tag = { height: 18, step: 21 };
const margin = 14;
const rowGap = 22;
const mostRows = 8;
const mostTags = 6;
const branchColours = 5;
const glideMillis = 550;

function colour(branch) {
  return branch === undefined ? "branch-none" : `branch-${Math.min(branch, branchColours - 1)}`;
}

function short(name) {
  return name.length > 13 ? `${name.slice(0, 12)}…` : name;
}

/** Rows by hash: the best chain has the first, a branch the first that is free at its heights. */
function rowsOf(shown, branches) {
  const rows = new Map();
  const byHash = new Map(shown.map((block) => [block.hash, block]));
  const taken = [];
  for (const block of shown) {
    if (branches.get(block.hash) === 0) {
      rows.set(block.hash, 0);
    }
  }
  for (const tip of shown) {
    const line = [];
    for (let block = tip; block && !rows.has(block.hash); block = byHash.get(block.parent)) {
      line.push(block);
    }
    if (line.length === 0) {
      continue;
    }
    const from = line.at(-1).height;
    let row = 1;
    while (taken.some((span) => span.row === row && from <= span.to && tip.height >= span.from)) {
      row++;
    }
    if (row < mostRows) {
      taken.push({ row, from, to: tip.height });
      line.forEach((block) => rows.set(block.hash, row));
    }
  }
  return rows;
}

function tagsOf(heads, places) {
  const counts = new Map();
  const tags = [];
  for (const head of [...heads.values()].sort((one, other) => one.name.localeCompare(other.name))) {
    const place = places.get(head.hash);
    if (!place) {
      continue;
    }
    const count = (counts.get(head.hash) ?? 0) + 1;
    counts.set(head.hash, count);
    tags.push({ key: head.node, text: short(head.name), place, line: count, total: 0 });
  }
  for (const tag of tags) {
    tag.total = counts.get(tag.place.block.hash);
  }
  return tags
    .filter((tag) => tag.line <= mostTags)
    .map((tag) => (tag.line === mostTags && tag.total > mostTags ? { ...tag, text: `+${tag.total - mostTags + 1}` } : tag));
}

function place(moment) {
  const branches = branchesOf(moment);
  const all = [...moment.blocks.values()].sort((one, other) => other.height - one.height || (one.hash < other.hash ? -1 : 1));
  const highest = all[0]?.height ?? 0;
  const lowest = Math.max(all.at(-1)?.height ?? 0, highest - columns + 1);
  const shown = all.filter((block) => block.height >= lowest);
  const rows = rowsOf(shown, branches);
  const lines = [];
  for (const head of moment.heads.values()) {
    const row = rows.get(head.hash);
    if (row !== undefined) {
      (lines[row] ??= new Map()).set(head.hash, Math.min((lines[row].get(head.hash) ?? 0) + 1, mostTags));
    }
  }
  const tops = [margin];
  const count = Math.max(0, ...rows.values()) + 1;
  for (let row = 0; row < count; row++) {
    tops.push(tops[row] + box.height + Math.max(0, ...(lines[row]?.values() ?? [])) * tag.step + rowGap);
  }
  const places = new Map();
  for (const block of shown) {
    const row = rows.get(block.hash);
    if (row !== undefined) {
      places.set(block.hash, { block, x: margin + (block.height - lowest) * columnWidth, y: tops[row], colour: colour(branches.get(block.hash)) });
    }
  }
  return { places, width: 2 * margin + (highest - lowest) * columnWidth + box.width, height: tops[count] };
}

function curve(from, to) {
  const x1 = from.x + box.width;
  const y1 = from.y + box.height / 2;
  const y2 = to.y + box.height / 2;
  const middle = (x1 + to.x) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`;
}

export class Forest {
  constructor(element) {
    this.element = element;
    this.words = element.dataset;
    this.svg = d3.select(element).append("svg");
    this.lines = this.svg.append("g").attr("aria-hidden", "true");
    this.blocks = this.svg.append("g");
    this.tags = this.svg.append("g");
  }

  /** Draws a moment; `jump` without gliding, as a slider wants it. */
  draw(moment, jump) {
    const { places, width, height } = place(moment);
    const atEnd = this.element.scrollLeft + this.element.clientWidth >= this.element.scrollWidth - columnWidth;
    const first = this.width === undefined;
    // Heights keep their columns while the window slides, so that boxes glide by one column and do not jump.
    this.svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
    this.width = width;
    const glide = d3.transition().duration(jump || first || calm() ? 0 : glideMillis).ease(d3.easeCubicOut);
    this.drawLines(places, glide);
    this.drawBlocks(places, glide, first || jump);
    this.drawTags(tagsOf(moment.heads, places), glide);
    if (atEnd || first) {
      this.element.scrollLeft = this.element.scrollWidth;
    }
  }

  drawLines(places, glide) {
    const lines = [...places.values()].filter(({ block }) => places.has(block.parent)).map((to) => ({ to, from: places.get(to.block.parent) }));
    this.lines
      .selectAll("path")
      .data(lines, ({ to }) => to.block.hash)
      .join((enter) => enter.append("path").attr("d", ({ from, to }) => curve(from, to)))
      .attr("class", ({ to }) => `link ${to.colour}`)
      .transition(glide)
      .attr("d", ({ from, to }) => curve(from, to));
  }

  drawBlocks(places, glide, quiet) {
    const heads = this.words;
    this.blocks
      .selectAll("a")
      .data([...places.values()], ({ block }) => block.hash)
      .join((enter) => {
        const link = enter
          .append("a")
          .attr("href", ({ block }) => `/block/${block.hash}`)
          .attr("transform", ({ x, y }) => `translate(${x},${y})`)
          .classed("arriving", !quiet);
        link.append("title").text(({ block }) => `#${block.height} ${block.hash}`);
        link.append("rect").attr("width", box.width).attr("height", box.height).attr("rx", 8);
        link.append("text").attr("class", "number").attr("x", box.width / 2).attr("y", 19).text(({ block }) => block.height.toLocaleString("en"));
        link.append("text").attr("class", "count").attr("x", box.width / 2).attr("y", 35).text(({ block }) => `${block.transactionCount} tx`);
        return link;
      })
      .attr("aria-label", ({ block, colour }) => `${heads.block} ${block.height}${colour === "branch-0" ? "" : `, ${heads.stray}`}`)
      .call((links) => links.select("rect").attr("class", ({ colour }) => `block ${colour}`))
      .transition(glide)
      .attr("transform", ({ x, y }) => `translate(${x},${y})`);
  }

  drawTags(tags, glide) {
    const at = ({ place, line }) => `translate(${place.x + box.width / 2},${place.y + box.height + 4 + (line - 1) * tag.step})`;
    this.tags
      .selectAll("g")
      .data(tags, (tag) => tag.key)
      .join((enter) => {
        const group = enter.append("g").attr("transform", at);
        group.append("rect").attr("x", -box.width / 2).attr("width", box.width).attr("height", tag.height).attr("rx", 9);
        group.append("text").attr("y", 13);
        return group;
      })
      .attr("class", ({ place }) => `tag ${place.colour}`)
      .call((groups) => groups.select("text").text(({ text }) => text))
      .transition(glide)
      .attr("transform", at);
  }
}
