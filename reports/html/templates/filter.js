// Buttons above a table keep the rows that have a value in a column.

for (const group of document.querySelectorAll(".filters")) {
  const table = document.getElementById(group.dataset.table);
  const buttons = [...group.querySelectorAll("button")];
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button === chosen)));
    table.dataset.column = group.dataset.column;
    table.dataset.value = chosen.dataset.value;
    table.open = true;
    table.dispatchEvent(new Event("filter"));
  });
}
