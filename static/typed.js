/* What is typed and not sent is set aside at the site as its page gives way to sign-in, and put back afterwards;
   fetched by site.js when it is needed. Nothing is kept in the browser. */
const UNKEPT = ["hidden", "password", "file"];
const here = () => location.pathname + location.search;
const ticks = (field) => ["checkbox", "radio"].includes(field.type);

/* Each field of the page with a name of its own: what it is called, and which one of that name it is. */
const fields = () => {
  const met = {};
  return [...document.querySelectorAll("main :is(input, select, textarea)[name]")].map((field) => {
    met[field.name] = (met[field.name] ?? 0) + 1;
    return [`${field.name} ${met[field.name]}`, field];
  });
};

const changed = (field) => {
  if (ticks(field)) return field.checked !== field.defaultChecked;
  const first = field.options && (field.querySelector("option[selected]") ?? field.options[0]);
  return field.value !== (first ? first.value : field.defaultValue);
};

/* Sends what was typed, which leads on to sign-in; false when there is nothing. */
export const setAside = (line) => {
  const typed = fields().filter(([, field]) => !UNKEPT.includes(field.type) && changed(field));
  if (!typed.length) return false;
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/session/typed" });
  const ours = [["csrf_token", line.elements.csrf_token.value], ["path", here()]];
  const values = typed.map(([key, field]) => [key, ticks(field) ? `${field.checked}` : field.value]);
  for (const [name, value] of [...ours, ...values]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
  return true;
};

/* Puts back what stands under the name behind the #. */
export const putBack = async (line, say) => {
  const name = location.hash.slice("#typed=".length);
  history.replaceState(history.state, "", here());
  const body = new URLSearchParams({ csrf_token: line.elements.csrf_token.value, path: here() });
  const answer = await fetch(`/session/typed/${encodeURIComponent(name)}`, { method: "POST", body });
  const typed = answer.ok ? await answer.json() : {};
  for (const [key, field] of fields().filter(([key]) => key in typed)) {
    if (ticks(field)) field.checked = typed[key] === "true";
    else field.value = typed[key];
    field.closest("details")?.setAttribute("open", "");
    say("ログアウトの前に入れていた内容を、もとの欄に戻しました。");
  }
};
