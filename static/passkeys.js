/* Talks to the authenticator for one form; fetched by site.js when somebody wants it. */
const FAILED = "パスキーを確認できませんでした。もう一度押すか、ほかの方法をお使いください。";
let waiting = null; // the offer among the browser's own suggestions, which a press replaces

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const ask = async (place, form) => {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(place.dataset.passkey, { method: "POST", body });
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const known of [...(options.allowCredentials ?? []), ...(options.excludeCredentials ?? [])]) {
    known.id = bytes(known.id);
  }
  return options;
};

const told = ({ id, rawId, type, response, authenticatorAttachment }) => {
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  const more = { clientExtensionResults: {}, authenticatorAttachment };
  return JSON.stringify({ id, rawId: text(rawId), type, response: said, ...more });
};

const send = (form, credential) => {
  form.elements.credential.value = told(credential);
  form.submit();
};

/* A press of the button. */
export const use = async (place, say) => {
  const form = place.querySelector("form");
  form.setAttribute("aria-busy", "true");
  place.querySelector("p.error")?.remove();
  waiting?.abort();
  try {
    const publicKey = await ask(place, form);
    const how = "make" in place.dataset ? "create" : "get";
    send(form, await navigator.credentials[how]({ publicKey }));
  } catch {
    form.removeAttribute("aria-busy");
    form.prepend(Object.assign(document.createElement("p"), { className: "error", textContent: FAILED }));
    say(FAILED);
  }
};

/* Offered among the browser's suggestions for the Web-ID; nobody who ignores it is told anything. */
export const offer = async (place) => {
  if (waiting || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const form = place.querySelector("form");
  waiting = new AbortController();
  try {
    const publicKey = await ask(place, form);
    send(form, await navigator.credentials.get({ publicKey, mediation: "conditional", signal: waiting.signal }));
  } catch {
    // not chosen, or replaced by a press
  }
};
