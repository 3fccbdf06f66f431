// Draws the map. d3 lays the nodes out; their places change only when nodes or links do, so that the picture stays calm.
import { calm } from "./theme.js";
/* global d3 */

const travelMillis = 650;
const mostTravellers = 150;
const rememberedTransactions = 500;
const branchColours = 5;
const rounds = 320;
const narrow = 500;
// A scroll bar that comes or goes is no reason to lay everything out again: the picture scales.
const slack = 24;
const roomOfNode = 5200;

/** Node keys by the colour of their branch. */
function branches(agreement) {
  const colours = new Map();
  agreement.branches.forEach((branch, i) => {
    for (const node of branch.nodes) {
      colours.set(node.nodeKey, { colour: `branch-${Math.min(i, branchColours - 1)}`, behind: node.behind });
    }
  });
  return colours;
}

function toSpot(node, colours) {
  const id = node.nodeKey ?? node.url;
  const place = colours.get(id);
  return {
    id,
    name: node.report?.name ?? new URL(node.url).host,
    height: node.report?.height,
    lost: !node.reachable,
    behind: (place?.behind ?? 0) > 0,
    colour: node.reachable && place ? place.colour : "branch-none",
    trouble: node.trouble,
  };
}

export class Chart {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.svg = d3.select(box).append("svg");
    this.wires = this.svg.append("g");
    this.travellers = this.svg.append("g").attr("aria-hidden", "true");
    this.spots = this.svg.append("g");
    this.byId = new Map();
    this.seen = new Map();
    this.shape = "";
    new ResizeObserver(() => this.resized()).observe(box);
  }

  /** Shows the nodes as they are now. */
  show(nodes, links, agreement) {
    const colours = branches(agreement);
    const known = new Map(nodes.map((node) => [node.nodeKey ?? node.url, toSpot(node, colours)]));
    this.links = links.filter((link) => known.has(link.from) && known.has(link.to));
    for (const [id, spot] of known) {
      const before = this.byId.get(id);
      spot.x = before?.x;
      spot.y = before?.y;
    }
    this.byId = known;
    this.place();
    if (this.width) {
      this.draw();
    }
  }

  resized() {
    if (this.links && Math.abs(this.box.clientWidth - this.width) > slack) {
      this.place();
      this.draw();
    }
  }

  place() {
    const spots = [...this.byId.values()];
    const seen = this.box.clientWidth;
    const width = Math.abs(seen - this.width) <= slack ? this.width : seen;
    if (width < 1) {
      return;
    }
    const shape = [width, ...this.byId.keys(), ...this.links.map((link) => link.from + link.to)].join();
    if (shape === this.shape) {
      return;
    }
    this.shape = shape;
    this.width = width;
    const crowd = spots.length;
    this.radius = crowd <= 10 ? 21 : crowd <= 25 ? 14 : 9;
    // Each node needs its room, also where the picture is narrow.
    this.high = Math.round(Math.max(Math.min(width * 0.52, 440), 270, (crowd * roomOfNode) / width));
    this.edge = width < narrow ? 34 : 56;
    this.svg.attr("viewBox", `0 0 ${width} ${this.high}`);
    this.layOut(spots);
  }

  layOut(spots) {
    const { width, high, radius } = this;
    const room = Math.sqrt((width * high) / Math.max(spots.length, 1));
    const order = [...spots].sort((one, other) => (one.id < other.id ? -1 : 1));
    order.forEach((spot, i) => {
      const turn = (2 * Math.PI * i) / order.length - Math.PI / 2;
      spot.x = width / 2 + Math.cos(turn) * width * 0.3;
      spot.y = high / 2 + Math.sin(turn) * high * 0.3;
    });
    d3.forceSimulation(order)
      .force("link", d3.forceLink(this.links.map(({ from, to }) => ({ source: from, target: to }))).id((spot) => spot.id).distance(room).strength(0.05))
      .force("charge", d3.forceManyBody().strength(-room * 3))
      .force("x", d3.forceX(width / 2).strength(0.05 * (high / width)))
      .force("y", d3.forceY(high / 2).strength(0.07))
      .stop()
      .tick(rounds);
    this.fit(order);
    d3.forceSimulation(order)
      .force("collide", d3.forceCollide(radius + (order.length > 10 ? 19 : 30)).iterations(4))
      .stop()
      .tick(60);
    for (const spot of order) {
      spot.x = Math.min(Math.max(spot.x, this.edge), width - this.edge);
      spot.y = Math.min(Math.max(spot.y, radius + 8), high - radius - 26);
    }
  }

  /** Fills the picture, but draws few nodes no further apart than the eye follows. */
  fit(spots) {
    const fill = (key, from, to, most) => {
      const [low, top] = d3.extent(spots, (spot) => spot[key]);
      const wanted = Math.min(to - from, most);
      const middle = (from + to) / 2;
      const factor = top > low ? wanted / (top - low) : 1;
      for (const spot of spots) {
        spot[key] = middle + (spot[key] - (low + top) / 2) * factor;
      }
    };
    const most = 170 * Math.max(2, Math.ceil(Math.sqrt(spots.length)));
    fill("x", this.edge, this.width - this.edge, most * 1.3);
    fill("y", this.radius + 12, this.high - this.radius - 30, most);
  }

  draw() {
    const small = this.radius < 20;
    const letters = this.width < narrow ? 9 : 14;
    this.wires
      .selectAll("line")
      .data(this.links, (link) => link.from + link.to)
      .join("line")
      .attr("class", this.byId.size > 25 ? "wire crowded" : "wire")
      .attr("x1", (link) => this.byId.get(link.from).x)
      .attr("y1", (link) => this.byId.get(link.from).y)
      .attr("x2", (link) => this.byId.get(link.to).x)
      .attr("y2", (link) => this.byId.get(link.to).y);
    const spots = this.spots
      .selectAll("a")
      .data([...this.byId.values()], (spot) => spot.id)
      .join((enter) => {
        const spot = enter.append("a");
        spot.append("title");
        spot.append("circle").classed("dot", true);
        spot.append("text").classed("height", true).attr("dy", 4);
        spot.append("text").classed("name", true);
        return spot;
      })
      .attr("href", (spot) => `#node-${spot.id}`)
      .attr("class", (spot) => ["spot", spot.colour, spot.lost && "lost", spot.behind && "behind", small && "small"].filter(Boolean).join(" "))
      .attr("transform", (spot) => `translate(${spot.x},${spot.y})`);
    spots.select("title").text((spot) => [spot.name, spot.height !== undefined && `${this.words.block} ${spot.height}`, spot.lost && `${this.words.lost}: ${spot.trouble ?? ""}`].filter(Boolean).join(" · "));
    spots.select("circle").attr("r", this.radius);
    spots.select(".height").text((spot) => (small || spot.height === undefined ? "" : spot.height));
    spots.select(".name").attr("dy", this.radius + 18).text((spot) => (spot.name.length > letters ? `${spot.name.slice(0, letters - 1)}…` : spot.name));
  }

  /** A node has a block now: it came along a link, or was found there. */
  blockArrived({ node, from, height }) {
    const spot = this.byId.get(node);
    if (!spot) {
      return;
    }
    const source = this.byId.get(from);
    this.travel(source, spot, "block", 6, () => {
      spot.height = Math.max(spot.height ?? 0, height);
      this.draw();
      this.pulse(spot, "block", this.radius);
    });
  }

  /** A node knows a transaction now; it came from the neighbour that heard of it last before. */
  transactionSeen({ node, id, state }) {
    const spot = this.byId.get(node);
    if (!spot || (state !== "pending" && state !== "queued")) {
      return;
    }
    const heard = this.seen.get(id) ?? [];
    const source = heard.findLast((other) => this.links.some((link) => (link.from === other && link.to === node) || (link.to === other && link.from === node)));
    this.seen.set(id, [...heard, node]);
    if (this.seen.size > rememberedTransactions) {
      this.seen.delete(this.seen.keys().next().value);
    }
    this.travel(this.byId.get(source), spot, "transaction", 3.5, () => this.pulse(spot, "transaction", this.radius));
  }

  travel(source, spot, kind, size, arrived) {
    if (!source || calm() || document.visibilityState !== "visible" || this.travellers.node().childElementCount > mostTravellers) {
      arrived();
      return;
    }
    this.travellers
      .append("circle")
      .attr("class", `traveller ${kind} ${source.colour}`)
      .attr("r", size)
      .attr("cx", source.x)
      .attr("cy", source.y)
      .transition()
      .duration(travelMillis)
      .ease(d3.easeCubicInOut)
      .attr("cx", spot.x)
      .attr("cy", spot.y)
      .on("end", arrived)
      .remove();
  }

  pulse(spot, kind, size) {
    if (calm() || document.visibilityState !== "visible" || this.travellers.node().childElementCount > mostTravellers) {
      return;
    }
    const ring = this.travellers.append("circle").attr("class", `pulse ${kind} ${spot.colour}`).attr("r", size).attr("cx", spot.x).attr("cy", spot.y);
    ring.node().addEventListener("animationend", () => ring.remove());
  }
}
