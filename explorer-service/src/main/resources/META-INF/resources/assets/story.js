// A story is a list of timed events: { at, block } when a block was first seen, { at, head: { node, name, hash } } when a
// node took it for its tip. From it follows what the tree looked like at any moment.

/** The blocks that were known and the tip of each node at a moment. */
export function momentOf(story, at) {
  const blocks = new Map();
  const heads = new Map();
  for (const event of story) {
    if (event.at > at) {
      break;
    }
    if (event.block) {
      const known = blocks.get(event.block.hash);
      blocks.set(event.block.hash, known?.work === undefined ? event.block : known);
    } else {
      heads.set(event.head.node, event.head);
    }
  }
  return { blocks, heads };
}

export function sorted(events) {
  // A block before the heads that it makes, though both have the same time.
  return events.sort((one, other) => one.at - other.at || (one.block ? 0 : 1) - (other.block ? 0 : 1));
}

/** The story that the tree itself tells: when each watched node took each block. */
export function storyOf(tree, nodes) {
  const names = namesOf(nodes);
  const events = [];
  for (const block of tree.blocks) {
    const at = block.firstSeenMillis ?? block.timestampMillis;
    events.push({ at, block: toBlock(block) });
    for (const [node, millis] of Object.entries(block.arrivals)) {
      events.push({ at: millis, head: { node, name: names.get(node) ?? node.slice(0, 8), hash: block.hash } });
    }
  }
  return sorted(events);
}

/** The story that the explorer wrote down: see /api/replay. */
export function storyOfReplay({ start, events }, nodes) {
  const names = namesOf(nodes);
  const story = (start?.data.heads ?? []).map((head) => ({ at: start.timeMillis, head }));
  for (const { timeMillis: at, name, data } of events) {
    if (name === "block") {
      story.push({ at, block: toBlock(data) });
    } else if (name === "head") {
      story.push({ at, head: { node: data.node, name: names.get(data.node) ?? data.node.slice(0, 8), hash: data.hash } });
    }
  }
  return story;
}

/** What was written down knows no work. */
function toBlock({ hash, parent, height, work, transactionCount }) {
  return { hash, parent, height, work: work === undefined ? undefined : BigInt(work), transactionCount };
}

function namesOf(nodes) {
  return new Map(nodes.map((node) => [node.nodeKey, node.report?.name ?? node.nodeKey?.slice(0, 8)]));
}

/** The tree as it is now: every reachable node where it says it is. */
export function momentNow(tree) {
  const blocks = new Map(tree.blocks.map((block) => [block.hash, toBlock(block)]));
  const heads = new Map();
  for (const block of tree.blocks) {
    for (const { nodeKey, name } of block.heads) {
      heads.set(nodeKey, { node: nodeKey, name, hash: block.hash });
    }
  }
  return { blocks, heads };
}

/** Fork choice: most work, at equal work the lower hash; by height where the work is not known. */
function better(one, other) {
  const byWork = one.work !== undefined && other.work !== undefined;
  const [mine, its] = byWork ? [one.work, other.work] : [one.height, other.height];
  return mine === its ? (one.hash < other.hash ? -1 : 1) : mine > its ? -1 : 1;
}

function chain(blocks, tip) {
  const hashes = [];
  for (let block = blocks.get(tip); block; block = blocks.get(block.parent)) {
    hashes.push(block.hash);
  }
  return hashes;
}

/** Which branch each block is on: the best tip's is 0, then the other tips' in their order; absent for abandoned ones. */
export function branchesOf({ blocks, heads }) {
  const tips = [...new Set([...heads.values()].map((head) => head.hash))].map((hash) => blocks.get(hash)).filter(Boolean);
  if (tips.length === 0 && blocks.size > 0) {
    tips.push([...blocks.values()].sort(better)[0]);
  }
  const branches = new Map();
  let next = 0;
  for (const tip of tips.sort(better)) {
    if (branches.has(tip.hash)) {
      continue;
    }
    for (const hash of chain(blocks, tip.hash)) {
      if (branches.has(hash)) {
        break;
      }
      branches.set(hash, next);
    }
    next++;
  }
  return branches;
}
