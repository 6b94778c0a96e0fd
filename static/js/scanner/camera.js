// The device's camera: its live picture, and photos of full size if the browser can take them.

import { opened } from "../picture-shrink.js";

const WANTED = { video: { facingMode: { ideal: "environment" }, width: { ideal: 3840 }, height: { ideal: 2160 } } };
const PHOTO_MS = 4000; // some cameras never answer

export class Camera {
  /** Raises the errors of getUserMedia, and a TypeError on a site without HTTPS. */
  static async open(video) {
    const camera = new Camera(video, await navigator.mediaDevices.getUserMedia(WANTED));
    video.srcObject = camera.stream;
    try {
      await video.play();
    } catch (error) {
      camera.close();
      throw error;
    }
    return camera;
  }

  constructor(video, stream) {
    Object.assign(this, { video, stream, track: stream.getVideoTracks()[0] });
  }

  /** Whether the system has withdrawn the camera: another program uses it, or the phone was locked. */
  get isLost() {
    return this.track.readyState === "ended";
  }

  /** A canvas with the camera's picture. */
  async shot() {
    const photo = await this.photo().catch(() => null);
    return photo ?? drawn(this.video, this.video.videoWidth, this.video.videoHeight);
  }

  async photo() {
    if (!window.ImageCapture) return null;
    const late = new Promise((_, reject) => setTimeout(reject, PHOTO_MS, new Error("late")));
    const blob = await Promise.race([new ImageCapture(this.track).takePhoto(), late]);
    return canvasOf(blob);
  }

  close() {
    for (const track of this.stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }
}

// 3,000 x 4,000 pixels; phones have cameras of 200 megapixels, but canvases of at most 16.
const MOST_PIXELS = 12e6;

/** A picture file as a canvas, upright according to its EXIF data. Raises a DOMException for other files. */
export async function canvasOf(file) {
  const bitmap = await opened(file);
  if (!bitmap) throw new DOMException("no picture", "EncodingError");
  const canvas = drawn(bitmap, bitmap.width, bitmap.height);
  bitmap.close?.();
  return canvas;
}

export function drawn(picture, width, height) {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0, size.width, size.height);
  return canvas;
}
