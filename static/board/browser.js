// What Python wants to know of this browser before it draws charts.

// The board and its charts fill a window of 1280 by 720; in a narrower one they stand below each other.
const LEAST = { width: 1000, height: 720 };

/** Whether it can draw 3D, and how many pixels of height are to spare. */
export function browser() {
  const wide = window.innerWidth >= LEAST.width;
  return { webgl: webgl(), spare: wide ? Math.max(0, window.innerHeight - LEAST.height) : 0 };
}

/** "hardware", "software" (one frame of a 3D scene then takes 200 ms) or "none". */
function webgl() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl") ?? canvas.getContext("experimental-webgl");
  if (!context) return "none";
  const names = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  if (/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)) return "software";
  const strict = document.createElement("canvas").getContext("webgl", { failIfMajorPerformanceCaveat: true });
  strict?.getExtension("WEBGL_lose_context")?.loseContext();
  return strict ? "hardware" : "software";
}
