{% load static %}// Shows a notice instead of the browser's error when there is no network. Pages and results are
// private, so none of them is kept here.

const CACHE = "offline-{% static 'css/tokens.css' %}-{% static 'css/error.css' %}";
const NOTICE = "{% url 'offline' %}";
const FILES = [
  NOTICE,
  "{% static 'css/tokens.css' %}",
  "{% static 'css/base.css' %}",
  "{% static 'css/layout.css' %}",
  "{% static 'css/controls.css' %}",
  "{% static 'css/components.css' %}",
  "{% static 'css/error.css' %}",
  "{% static 'img/logo.svg' %}",
  "{% static 'img/icons.svg' %}",
  "{% static 'fonts/instrument-sans-latin-wght-normal.woff2' %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget));
});

// Of static/js/tell-when-done.js: back to the tab that waited, or a new one.
self.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  const back = (tabs) => tabs.find(({ url }) => url === notification.data)?.focus() ?? self.clients.openWindow(notification.data);
  event.waitUntil(self.clients.matchAll({ type: "window" }).then(back));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(NOTICE)));
  else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
