// Finds out what Python needs to know about this browser before it draws charts.

/** @typedef {import("./messages.js").BrowserCommit} BrowserCommit */
/** @typedef {WebGLRenderingContext | WebGL2RenderingContext} WebGL */

/** Find out how this browser draws 3D, and how large its window is. @returns {Promise<BrowserCommit>} */
export async function browser() {
  return { webgl: await webgl(), width: window.innerWidth, height: window.innerHeight };
}

/**
 * How 3D is drawn, judged by what the browser reports and by how long a frame takes. In software, one frame
 * of a 3D scene takes 200 ms. The name of the graphics card says little, as WebKit calls every card "Apple
 * GPU".
 *
 * @returns {Promise<BrowserCommit["webgl"]>}
 */
async function webgl() {
  const strict = contextOf({ failIfMajorPerformanceCaveat: true });
  if (!strict) return contextOf({}) ? "software" : "none";
  try {
    return (await isQuick(strict)) ? "hardware" : "software";
  } finally {
    strict.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** @param {WebGLContextAttributes} attributes */
function contextOf(attributes) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  return canvas.getContext("webgl2", attributes) ?? canvas.getContext("webgl", attributes);
}

const SIDE = 256; // pixels of the frame that is drawn as a test
const ROWS = [4, 16, 64, 256]; // rows drawn, few at first: even a few reveal slow drawing
const QUICK = 6; // ms for a frame; a graphics card takes 1 or 2, two cores of a processor 80
const TRIES = 3; // for a browser that is busy with something else
const LONGEST = 30; // ms, after which no further try begins
const PATIENCE = 400; // ms until the first frame, which also prepares the program

const CORNERS = "attribute vec2 at; void main() { gl_Position = vec4(at, 0.0, 1.0); }";
// Each point takes as much work as a surface under a few lamps, and no driver can optimise the work away.
const WORK = `precision highp float; void main() {
  vec2 at = gl_FragCoord.xy / ${SIDE}.0;
  for (int k = 0; k < 64; k += 1) at = fract(at * mat2(1.7, 0.6, -0.6, 1.7) + 0.1 * sin(at.yx * 9.0));
  gl_FragColor = vec4(at, 0.5, 1.0);
}`;

/**
 * Whether a whole frame is drawn quickly.
 *
 * @param {WebGL} gl
 */
async function isQuick(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, WORK],
  ])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.viewport(0, 0, SIDE, 1);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  if (!(await isDrawn(gl))) return false;
  const started = performance.now();
  return ROWS.every((rows) => {
    for (let tries = 0; tries < TRIES && performance.now() - started < LONGEST; tries += 1) {
      if (frame(gl, rows) < QUICK) return true;
    }
    return false;
  });
}

/**
 * Wait, without blocking the page, until all is drawn; false if that takes too long.
 *
 * @param {WebGL} gl
 */
async function isDrawn(gl) {
  if (!("fenceSync" in gl)) return frame(gl, 1) < PATIENCE; // WebGL 1 can only wait
  const fence = /** @type {WebGLSync} */ (gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0));
  gl.flush();
  for (let waited = 0; waited < PATIENCE; waited += 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) return true;
  }
  return false;
}

/**
 * Draw the first rows and return how many ms that took. Reading one point waits until they are drawn.
 *
 * @param {WebGL} gl
 * @param {number} rows
 */
function frame(gl, rows) {
  const started = performance.now();
  gl.viewport(0, 0, SIDE, rows);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return performance.now() - started;
}
