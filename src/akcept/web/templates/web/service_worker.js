// Keeps one page for when there is no network, and nothing of anybody's: every other answer comes from the server.
const CACHE = "akcept-{{ version }}";
const KEPT = [{% for url in kept %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const [OFFLINE] = KEPT;

addEventListener("install", (event) => {
  const requests = KEPT.map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (KEPT.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(path)));
  }
});

addEventListener("push", (event) => {
  const { title, body, url, tag, lang } = event.data.json();
  const icon = "{{ icon|escapejs }}";
  event.waitUntil(registration.showNotification(title, { body, tag, lang, icon, badge: icon, data: { url } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, location.origin);
  // Pushes come from our own server; yet nothing but our own pages is opened.
  const page = new URL(url.pathname + url.search, location.origin).href;
  event.waitUntil(
    clients.matchAll({ type: "window" }).then((open) => {
      const there = open.find((client) => client.url === page);
      return there ? there.focus() : clients.openWindow(page);
    }),
  );
});
