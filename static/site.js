/* Comforts on top of pages that work without any script. */
(() => {
  "use strict";
  const FAILED = "通信できませんでした。電波をお確かめのうえ、もう一度お試しください。";
  let byHand = false; // whether the running request was asked for by a press, not by typing

  const say = (words) => {
    const line = document.getElementById("status");
    if (line) line.textContent = words;
  };

  const fail = (ctx) => {
    say(FAILED);
    const seen = Object.assign(document.createElement("p"), { className: "error", textContent: FAILED });
    ctx?.target?.querySelector(":scope > p.error")?.remove();
    ctx?.target?.prepend(seen);
  };

  const addShowButtons = () => {
    for (const secret of document.querySelectorAll(".with-button > input[type=password]:only-child")) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "secondary", textContent: "表示" });
      button.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-label", `${secret.labels[0]?.textContent ?? ""}を表示`);
      button.addEventListener("click", () => {
        const shown = secret.type === "password";
        secret.type = shown ? "text" : "password";
        button.setAttribute("aria-pressed", String(shown));
      });
      secret.form?.addEventListener("submit", () => { secret.type = "password"; });
      secret.after(button);
    }
  };

  /* Passkeys have a script of their own, fetched when somebody moves towards them. */
  const offerPasskeys = () => {
    if (!window.PublicKeyCredential) return;
    for (const place of document.querySelectorAll("[data-passkey][hidden]")) {
      const form = place.querySelector("form");
      place.hidden = false;
      form.addEventListener("submit", async (event) => {
        if (form.elements.credential.value) return;
        event.preventDefault();
        (await import(place.dataset.module)).use(place, say);
      });
      const field = document.querySelector(place.dataset.beside ?? ":not(*)");
      if (!field) continue;
      field.autocomplete = "username webauthn";
      for (const nears of ["pointerover", "focusin"]) {
        field.form.addEventListener(nears, async () => (await import(place.dataset.module)).offer(place), { once: true });
      }
    }
  };

  /* Before the end and at it the site is asked whether it stands: another tab, or a part of this page, may
     have put it off. Over, it leads to sign-in; nothing private is left on the screen, heard from or not. */
  let ends = Infinity; // by this browser's clock
  let alarm = 0;
  const sessionLine = () => document.getElementById("session");

  const watchTheEnd = () => {
    const line = sessionLine();
    if (!line) return;
    const [left, warn] = [Number(line.dataset.left), Number(line.dataset.warn)];
    const soon = left <= warn;
    ends = Date.now() + (left + 1) * 1000;
    clearTimeout(alarm);
    alarm = setTimeout(askForTheEnd, ((soon ? left : left - warn) + 1) * 1000);
    if (soon && !line.dataset.say) say("まもなく自動でログアウトします。続けるときは「延長する」を押してください。");
  };

  const askForTheEnd = async () => {
    const line = sessionLine();
    await htmx.ajax("GET", line.action, { target: line, select: "#session", swap: "outerHTML" });
    if (!line.isConnected) return;
    line.classList.add("soon");
    if (Date.now() < ends) alarm = setTimeout(askForTheEnd, ends - Date.now());
    else location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  };

  /* A sleeping computer counts no seconds. */
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() >= ends) askForTheEnd();
  });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    byHand = ["submit", "click"].includes(ctx.sourceEvent?.type);
    ctx.target?.setAttribute("aria-busy", "true");
  });

  /* An error page holds no such piece: show it whole rather than nothing at all. */
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const holds = (id) => ctx.text.includes(`id="${id}"`);
    if (!ctx.select?.startsWith("#") || holds(ctx.select.slice(1))) return;
    byHand = true;
    if (!holds("main") || ctx.target === sessionLine()) {
      ctx.swap = "none";
      fail(ctx);
      return;
    }
    Object.assign(ctx, { select: "#main", target: document.getElementById("main"), swap: "outerHTML" });
  });

  document.addEventListener("htmx:after:settle", ({ detail: { newContent } }) => {
    const fresh = newContent.filter((node) => node.nodeType === 1);
    const find = (selector) => {
      for (const node of fresh) {
        const found = node.matches(selector) ? node : node.querySelector(selector);
        if (found) return found;
      }
      return null;
    };
    addShowButtons();
    say(find("[data-say]")?.dataset.say ?? "");
    if (find("#session")) watchTheEnd();
    const restored = fresh[0] === document.body; // Back: whole page again, read from its beginning
    if (restored) find("main").focus({ preventScroll: true });
    else if (byHand) (find("[role=alert][tabindex]") ?? find(":not(main)[tabindex='-1']") ?? find("main"))?.focus();
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
    ctx.target?.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => fail(ctx));

  /* How much may still be written; the page itself says so too, each time it comes. */
  const commas = (number) => number.toLocaleString("ja-JP");
  document.addEventListener("input", ({ target }) => {
    const line = target.dataset?.longest && document.getElementById(`${target.id}-left`);
    if (!line) return;
    const left = target.dataset.longest - [...target.value.trim()].length;
    line.textContent = left < 0 ? `${commas(-left)}文字多くなっています` : `あと${commas(left)}文字`;
  });

  /* Back after signing out must not show what was private. */
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.hasAttribute("data-private")) location.reload();
  });

  addShowButtons();
  offerPasskeys();
  watchTheEnd();
  document.querySelector("main [role=alert][tabindex]")?.focus();
})();
