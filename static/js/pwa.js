// Registers the service worker, which shows a notice when there is no network.

navigator.serviceWorker?.register("/service-worker.js");
