// The maps side by side: another year, another shade, another good, one county in every variant.

const sideData = document.getElementById("side-data");
const sides = sideData ? JSON.parse(sideData.textContent) : null;
if (sides) nameOf = (area) => sides.counties[area.dataset.county];

function runSides() {
  const part = (name) => document.getElementById(`side-${name}`);
  const [slider, shade, good, county] = ["year", "shade", "good", "county"].map(part);
  const boxes = [...document.querySelectorAll(".side")].map((box) => ({
    told: sides.variants[Number(box.dataset.variant)],
    count: box.querySelector(".count"),
    drawing: box.querySelector(".drawing"),
    areas: [...box.querySelectorAll("[data-county]")],
    chosen: box.querySelector(".chosen"),
  }));
  let chosen = null;

  const place = () => (slider ? Number(slider.value) : sides.years.length - 1);
  const scaleColour = (rank) => `var(--series-${[0, 2, 3, 5][rank % 4]})`;
  const step = (share) => `var(--steps-${Math.max(0, Math.min(sides.bands - 1, Math.ceil(share * sides.bands - 1e-9) - 1))})`;

  function standing(told, rank) {
    const year = sides.years[place()];
    return told.built[rank].filter(([start, , made]) => start <= year && (good.value === "all" || made === Number(good.value)));
  }

  function changes(told, rank) {
    const found = told.changed[rank] || [];
    return good.value === "all" ? found : found.filter(([made]) => made === Number(good.value));
  }

  function colour(told, rank) {
    const year = sides.years[place()];
    const joins = told.joins[rank];
    if (shade.value === "coverage") {
      const share = told.coverage[rank][place()];
      if (share === null) return "var(--waiting)";
      return `var(--steps-${Math.max(0, Math.min(sides.bands - 1, Math.floor((share + 1e-9) * sides.bands)))})`;
    }
    if (shade.value === "changed") {
      const count = changes(told, rank).length;
      return count ? step(good.value === "all" ? count / sides.goods.length : 1) : "var(--waiting)";
    }
    if (shade.value === "joining") {
      if (joins === null || joins > year) return "var(--waiting)";
      return joins === year ? "var(--joins)" : "var(--joined)";
    }
    const scales = new Set(standing(told, rank).map(([, scale]) => scale));
    if (scales.size > 1) return "var(--series-1)";
    if (scales.size === 1) return scaleColour([...scales][0]);
    return joins === null || joins > year ? "var(--waiting)" : "var(--joined)";
  }

  // What a map comes to, in a line.
  function summary(told) {
    const year = sides.years[place()];
    const ranks = sides.counties.map((_, rank) => rank);
    const grouped = (number) => number.toLocaleString("en-US");
    if (shade.value === "changed") {
      const count = ranks.filter((rank) => changes(told, rank).length).length;
      return told.code === sides.base ? "the base" : `${grouped(count)} of ${grouped(ranks.length)} counties`;
    }
    const joined = ranks.filter((rank) => told.joins[rank] !== null && told.joins[rank] <= year).length;
    if (shade.value !== "plants") return `${grouped(joined)} of ${grouped(ranks.length)} counties have joined`;
    const counts = new Map();
    ranks.forEach((rank) => standing(told, rank).forEach(([, scale, , count]) => counts.set(scale, (counts.get(scale) || 0) + count)));
    const texts = [...counts].sort((one, other) => one[0] - other[0]).map(([scale, count]) => `${grouped(Math.round(count))} × ${sides.scales[scale]}`);
    return texts.length ? texts.join(", ") : "no plant started";
  }

  function show() {
    const year = sides.years[place()];
    for (const box of boxes) {
      box.areas.forEach((area) => area.setAttribute("fill", colour(box.told, Number(area.dataset.county))));
      box.count.textContent = summary(box.told);
    }
    document.querySelectorAll(".keys .key").forEach((key) => { key.hidden = key.dataset.shade !== shade.value; });
    const what = shade.options[shade.selectedIndex].textContent;
    const made = good.value === "all" ? "" : `, ${sides.goods[Number(good.value)]}`;
    const byGood = shade.value === "plants" || shade.value === "changed";
    part("good-label").hidden = !byGood;
    part("caption").textContent = shade.value === "changed"
      ? `${sides.years[sides.years.length - 1]}: counties with ${what}${made}, the more goods the stronger the shade`
      : `${year}: counties by ${what}${byGood ? made : ""}${shade.value === "plants" ? ", all that were started until then" : ""}`;
    for (const box of boxes) {
      box.drawing.setAttribute("aria-label", `Map of counties, variant ${box.told.code}. ${part("caption").textContent}. ${box.count.textContent}.`);
    }
    if (slider) {
      part("year-shown").textContent = String(year);
      slider.setAttribute("aria-valuetext", String(year));
    }
    details();
  }

  function row(told) {
    const year = sides.years[place()];
    const joins = told.joins[chosen];
    const share = told.coverage[chosen][place()];
    const plants = new Map();
    standing(told, chosen).forEach(([, scale, made, count]) => {
      const name = `${sides.scales[scale]}, ${sides.goods[made]}`;
      plants.set(name, (plants.get(name) || 0) + count);
    });
    const built = [...plants].map(([name, count]) => `${count.toLocaleString("en-US")} × ${name}`).join("; ");
    const moved = changes(told, chosen).map(([made, before, after]) => `${sides.goods[made]}: ${sides.sources[before]} → ${sides.sources[after]}`).join("; ");
    const line = element("tr");
    const head = element("th", told.code);
    head.scope = "row";
    line.append(
      head,
      element("td", joins === null ? "never" : String(joins)),
      element("td", built || `none until ${year}`),
      element("td", share === null ? "no demand" : shown(share, "0.0%"), "figure"),
      element("td", told.code === sides.base ? "the base" : moved || "none"),
    );
    return line;
  }

  function details() {
    if (chosen === null) return;
    const year = sides.years[place()];
    const table = element("table", undefined, "short");
    const head = element("tr");
    const last = sides.years[sides.years.length - 1];
    const texts = ["variant", "joins in", `plants started until ${year}`, `demand met at home in ${year}`, `main sources of ${last} that differ from ${sides.base}`];
    texts.forEach((text, place) => {
      const cell = element("th", text, place === 3 ? "figure" : "");
      cell.scope = "col";
      head.append(cell);
    });
    const top = element("thead");
    top.append(head);
    const body = element("tbody");
    body.append(...boxes.map((box) => row(box.told)));
    table.append(top, body);
    const title = element("h4", sides.counties[chosen] + (sides.placed[chosen] ? "" : " (not on the maps)"));
    const room = element("div", undefined, "scroll");
    room.tabIndex = 0;
    room.setAttribute("role", "region");
    room.setAttribute("aria-label", "The county in every variant");
    room.append(table);
    part("details").replaceChildren(title, room);
  }

  function choose(rank) {
    chosen = rank;
    for (const box of boxes) {
      if (sides.placed[rank]) box.chosen.setAttribute("href", `#${sides.prefix}${rank}`);
      else box.chosen.removeAttribute("href");
    }
    county.value = sides.counties[rank];
    details();
  }

  for (const box of boxes) {
    box.areas.forEach((area) => area.addEventListener("click", () => choose(Number(area.dataset.county))));
  }
  county.addEventListener("input", () => {
    const wanted = county.value.trim().toLowerCase();
    const rank = sides.counties.findIndex((name) => name.toLowerCase() === wanted);
    if (rank >= 0) choose(rank);
  });
  part("form").addEventListener("submit", (event) => event.preventDefault());
  [shade, good].forEach((control) => control.addEventListener("change", show));
  if (slider) {
    slider.addEventListener("input", show);
    playing(slider, part("play"), show);
  }
  part("form").hidden = false;
  show();
}
if (sides) runSides();
