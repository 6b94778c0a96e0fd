// The camera's live picture with the edges of the sheet in it.

import { Camera } from "./camera.js";
import { pointsOf } from "./corner-editor.js";
import { findSheet } from "./sheet-finder.js";

const LOOK_MS = 300; // between two searches for a sheet

export class LiveView {
  /**
   * root: with a video and a polygon. isShown(): false while another view hides it. seen(corners): called with
   * null if there is none. lost(): called when the system withdraws the camera.
   */
  constructor(root, { isShown, seen, lost }) {
    Object.assign(this, { isShown, seen, lost, video: root.querySelector("video"), polygon: root.querySelector("polygon") });
  }

  /** Resolves to "" if a camera may be used, otherwise to the reason: "denied" or "blind". */
  async open() {
    try {
      this.camera = await Camera.open(this.video);
    } catch ({ name }) {
      this.camera = null;
      return name === "NotAllowedError" ? "denied" : "blind";
    }
    this.watch(this.camera);
    return "";
  }

  watch(camera) {
    if (this.camera !== camera) return;
    if (camera.isLost) return this.lost();
    const { videoWidth: width, videoHeight: height } = this.video;
    if (this.isShown() && width) {
      const corners = findSheet(this.video, width, height);
      this.polygon.setAttribute("points", corners ? pointsOf(corners) : "");
      this.seen(corners);
    }
    setTimeout(() => this.watch(camera), LOOK_MS);
  }

  close() {
    this.camera?.close();
    this.camera = null;
  }
}
