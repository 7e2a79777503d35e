// Whether this browser can draw 3D, and whether in hardware: without a GPU one 3D frame takes 200 ms.

let found;

/** "hardware", "software" or "none". */
export function webgl() {
  found ??= detect();
  return found;
}

function detect() {
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
