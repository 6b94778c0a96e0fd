// Estimate of a file's time from earlier ones of this browser: seconds per megabyte and engine.

const KEY = "onlineocr.pace";
const WEIGHT = 0.3; // weight of the newest file in the running mean
const LEAST_MB = 0.05;

const load = () => JSON.parse(localStorage.getItem(KEY) ?? "{}");
const megabytes = (file) => Math.max(LEAST_MB, file.size / 1e6);

/** Seconds that the file will take, or null if unknown. */
export function estimate(file, engine) {
  const pace = load()[`${engine} ${file.type}`];
  return pace ? Math.max(1, Math.round(pace * megabytes(file))) : null;
}

export function learn(file, engine, seconds) {
  const known = load();
  const name = `${engine} ${file.type}`;
  const pace = seconds / megabytes(file);
  known[name] = known[name] ? (1 - WEIGHT) * known[name] + WEIGHT * pace : pace;
  localStorage.setItem(KEY, JSON.stringify(known));
}
