// The map: another year, another shade, one county.

const mapData = document.getElementById("map-data");
const plan = mapData ? JSON.parse(mapData.textContent) : null;
if (plan) nameOf = (area) => plan.counties[area.dataset.county].name;

function runMap() {
  const part = (name) => document.getElementById(`map-${name}`);
  const areas = [...document.querySelectorAll(".areas [data-county]")];
  const [slider, shade, good, county] = ["year", "shade", "good", "county"].map(part);
  let chosen = null;

  const place = () => (slider ? Number(slider.value) : plan.years.length - 1);

  function colour(site) {
    const year = plan.years[place()];
    if (shade.value === "coverage") {
      const share = site.coverage[place()];
      if (share === null) return "var(--waiting)";
      return `var(--steps-${Math.max(0, Math.min(plan.bands - 1, Math.floor((share + 1e-9) * plan.bands)))})`;
    }
    if (site.joins === null || site.joins > year) return "var(--waiting)";
    return site.joins === year ? "var(--joins)" : "var(--joined)";
  }

  function show() {
    const year = plan.years[place()];
    areas.forEach((area) => area.setAttribute("fill", colour(plan.counties[area.dataset.county])));
    document.querySelectorAll("#map-marks path").forEach((mark) => {
      const standing = Number(mark.dataset.from) <= year && year < Number(mark.dataset.before);
      mark.toggleAttribute("display", false);
      if (!standing) mark.setAttribute("display", "none");
    });
    document.querySelectorAll("#map-flows g").forEach((flows) => {
      const wanted = !good || good.value === "all" || good.value === flows.dataset.good;
      if (wanted && Number(flows.dataset.year) === year) flows.removeAttribute("display");
      else flows.setAttribute("display", "none");
    });
    document.getElementById("key-joining").hidden = shade.value !== "joining";
    document.getElementById("key-coverage").hidden = shade.value !== "coverage";
    part("caption").textContent = plan.captions[place()];
    if (slider) {
      part("year-shown").textContent = String(year);
      slider.setAttribute("aria-valuetext", String(year));
    }
    details();
  }

  function details() {
    if (chosen === null) return;
    const site = plan.counties[chosen];
    const year = plan.years[place()];
    const box = part("details");
    const joins = site.joins === null ? "does not join the programme" : `joins in ${site.joins}${site.decided ? ", decided beforehand" : ""}`;
    const share = site.coverage[place()];
    const lines = [element("h4", site.local ? `${site.name} · ${site.local}` : site.name)];
    lines.push(element("p", `${site.people.toLocaleString("en-US")} people; ${joins}.`));
    if (share !== null) lines.push(element("p", `Demand met at home in ${year}: ${shown(share, "0.0%")}, mean of goods.`));
    if (!site.placed) lines.push(element("p", "Not on the map."));
    if (site.built.length) {
      const list = element("ul");
      site.built.forEach(([start, what]) => list.append(element("li", `${start}: ${what}`)));
      lines.push(element("p", "Plants started:"), list);
    } else {
      lines.push(element("p", "No plant is started there."));
    }
    box.replaceChildren(...lines);
  }

  function choose(rank) {
    chosen = rank;
    const ring = part("chosen");
    if (plan.counties[rank].placed) ring.setAttribute("href", `#area-${rank}`);
    else ring.removeAttribute("href");
    county.value = plan.counties[rank].name;
    details();
  }

  areas.forEach((area) => area.addEventListener("click", () => choose(Number(area.dataset.county))));
  county.addEventListener("input", () => {
    const wanted = county.value.trim().toLowerCase();
    const rank = plan.counties.findIndex((site) => site.name.toLowerCase() === wanted);
    if (rank >= 0) choose(rank);
  });
  part("form").addEventListener("submit", (event) => event.preventDefault());
  if (slider) slider.addEventListener("input", show);
  [shade, good].forEach((control) => control && control.addEventListener("change", show));
  if (slider) playing(slider, part("play"), show);
  part("form").hidden = false;
  show();
}
if (plan) runMap();
