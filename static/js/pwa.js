// The worker that shows a notice when there is no network.

navigator.serviceWorker?.register("/service-worker.js");
