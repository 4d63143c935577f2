// The service worker, and turning pushes on for this browser: only after a press, as browsers demand.
const LONGEST = 20000;
const { worker } = document.body.dataset;
if (worker && navigator.serviceWorker) navigator.serviceWorker.register(worker);

const panel = document.querySelector("[data-push]");
if (panel) {
  const able = navigator.serviceWorker && "PushManager" in window;
  panel.querySelector("[data-push-start]").hidden = !able;
  panel.querySelector("[data-push-unable]").hidden = Boolean(able);
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-push-start]");
  if (!button) return;
  button.disabled = true;
  tell("waiting");
  try {
    await subscribe(button.form, panel.dataset.push);
  } catch (error) {
    tell(error.name === "NotAllowedError" ? "refused" : "unreached");
  }
  button.disabled = false;
});

function tell(what) {
  const said = panel.querySelector("[data-push-said]");
  said.hidden = false;
  said.textContent = panel.dataset[what];
}

// A browser that does not reach its push service may try for minutes without a word.
const inTime = (promise) => Promise.race([promise, new Promise((_, refuse) => setTimeout(refuse, LONGEST, new Error("unreached")))]);

async function subscribe(form, applicationServerKey) {
  const registration = await navigator.serviceWorker.ready;
  const made = await inTime(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  const { endpoint, keys } = made.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.public_key.value = keys.p256dh;
  form.elements.auth_secret.value = keys.auth;
  form.requestSubmit();
}
