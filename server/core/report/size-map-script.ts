// The script of the map of files: lays out a folder in the room there is, goes into those below it and back again. It runs in a
// page, where nothing can be imported.

/** `cellsOf(trail, width, height)`: the rectangles of a folder, by rows that are as near to squares as can be. */
export const mapLayout = `
const [smallest, border, title, mostCells] = [4, 2, 16, 600];
function squarify(items, { x, y, w, h }, place) {
  const scale = w * h / items.reduce((sum, item) => sum + item[1], 0);
  for (let at = 0; at < items.length;) {
    const side = Math.min(w, h), largest = items[at][1] * scale;
    let end = at, sum = 0, worst = Infinity;
    for (; end < items.length; end++) {
      const least = items[end][1] * scale, next = (sum + least) ** 2, square = side * side;
      const shape = Math.max(square * largest / next, next / (square * least));
      if (shape > worst) break;
      worst = shape;
      sum += least;
    }
    const thick = side && sum / side;
    for (let along = 0; at < end; at++) {
      const long = thick && items[at][1] * scale / thick;
      place(items[at], w >= h ? { x, y: y + along, w: thick, h: long } : { x: x + along, y, w: long, h: thick });
      along += long;
    }
    if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
  }
}
function cellsOf(trail, width, height) {
  const cells = [];
  let open = [{ trail, x: 0, y: 0, w: width, h: height }];
  // Level by level, so that what there is no room for is the deepest.
  while (open.length) {
    const below = [];
    for (const folder of open) squarify(folder.trail.at(-1)[4], folder, (node, box) => {
      if (cells.length >= mostCells || box.w < smallest || box.h < smallest) return;
      const cell = { trail: [...folder.trail, node], ...box };
      cells.push(cell);
      const room = { trail: cell.trail, x: box.x + border, y: box.y + title, w: box.w - 2 * border, h: box.h - title - border };
      if (node[4]?.length && room.w > smallest && room.h > smallest) below.push(room);
    });
    open = below;
  }
  return cells;
}
`;

/** Uses `go`, `says`, which belong to the page. */
export const mapScript = `${mapLayout}
const files = document.getElementById('files');
const crumbs = document.getElementById('crumbs');
const looks = JSON.parse(files.dataset.layers);
const letter = 6.6;
let trail = [JSON.parse(files.dataset.tree)], cells = [];
const pathOf = nodes => nodes.map(node => node[0]).join('/') || '/';
const saysOf = nodes => {
  const [name, , text, layer, items] = nodes.at(-1);
  return name || nodes.length < 2 ? pathOf(nodes) + (items && name ? '/' : '') + ': ' + text + ', ' + looks[layer][1] : pathOf(nodes) + '…: ' + text + ' in smaller files';
};
const shape = (name, values, text = '') => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in values) made.setAttribute(key, values[key]);
  made.textContent = text;
  return made;
};
const labelOf = (name, room) => name.length * letter <= room ? name : room < 4 * letter ? '' : name.slice(0, room / letter - 1) + '…';
function draw() {
  const width = files.clientWidth || 600, height = Math.round(width * .58);
  files.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
  cells = trail.at(-1)[4].length ? cellsOf(trail, width, height) : [];
  go(null);
  files.replaceChildren(...cells.flatMap(({ trail: nodes, x, y, w, h }, at) => {
    const [name, , , layer, items] = nodes.at(-1);
    return [
      shape('rect', { x, y, width: w, height: h, class: looks[layer][0] + (items ? ' folder' : name ? '' : ' rest'), 'data-at': at, 'data-says': saysOf(nodes) }),
      ...(h < 15 ? [] : [shape('text', { x: x + 4, y: y + 12 }, labelOf(name, w - 8))]),
    ];
  }));
  crumbs.replaceChildren(...trail.map((node, at) => {
    const crumb = document.createElement('button');
    crumb.type = 'button';
    crumb.className = 'link';
    crumb.textContent = at ? node[0] : '/';
    crumb.disabled = at === trail.length - 1;
    crumb.onclick = () => show(trail.slice(0, at + 1));
    return crumb;
  }));
}
function show(nodes) {
  trail = nodes;
  draw();
  files.focus({ preventScroll: true });
  go(null);
  says.textContent = saysOf(trail);
}
/** A folder that is more than one rectangle; of a file that in which it lies. */
function enter(rect) {
  const cell = cells[rect?.dataset.at];
  if (!cell) return;
  const nodes = cell.trail.at(-1)[4]?.length ? cell.trail : cell.trail.slice(0, -1);
  if (nodes.length > trail.length) show(nodes);
}
const leave = () => trail.length > 1 && (show(trail.slice(0, -1)), true);
files.addEventListener('click', ({ target }) => enter(target));
files.addEventListener('keydown', event => {
  if (event.key === 'Enter' ? (enter(at), true) : (event.key === 'Escape' || event.key === 'Backspace') && leave()) event.preventDefault();
});
draw();
new ResizeObserver(() => { if (files.clientWidth !== files.viewBox.baseVal.width) draw(); }).observe(files);
`;
