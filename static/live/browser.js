// What Python wants to know of this browser before it draws charts.

// The board and its charts fill a window of 1280 by 720; in a narrower one they stand below each other.
const LEAST = { width: 1000, height: 720 };

/** Whether it can draw 3D, and how many pixels of height are to spare. */
export async function browser() {
  const wide = window.innerWidth >= LEAST.width;
  return { webgl: await webgl(), spare: wide ? Math.max(0, window.innerHeight - LEAST.height) : 0 };
}

/**
 * "hardware", "software" (one frame of a 3D scene then takes 200 ms) or "none": by what the browser admits, and by how
 * long a frame takes. The name of what draws says little: WebKit calls everything "Apple GPU".
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

function contextOf(attributes) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  return canvas.getContext("webgl2", attributes) ?? canvas.getContext("webgl", attributes);
}

const SIDE = 256;
const ROWS = [4, 16, 64, 256]; // of the frame, drawn one after the other: a slow one is known for slow from few rows
const QUICK = 6; // ms for a frame; a graphics card takes 1 or 2, two cores of a processor 80
const TRIES = 3; // for a browser that is busy with something else
const LONGEST = 30; // ms, after which nothing more is begun
const PATIENCE = 400; // ms until the first frame, which also prepares the program

const CORNERS = "attribute vec2 at; void main() { gl_Position = vec4(at, 0.0, 1.0); }";
// As much work for a point as a few lamps on a surface, over and over, and nothing that could be left out.
const WORK = `precision highp float; void main() {
  vec2 at = gl_FragCoord.xy / ${SIDE}.0;
  for (int k = 0; k < 64; k += 1) at = fract(at * mat2(1.7, 0.6, -0.6, 1.7) + 0.1 * sin(at.yx * 9.0));
  gl_FragColor = vec4(at, 0.5, 1.0);
}`;

/** Whether a whole frame is drawn quickly. */
async function isQuick(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, WORK],
  ]) {
    const shader = gl.createShader(kind);
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

/** Wait, without stopping the page, until all is drawn; false if that takes too long. */
async function isDrawn(gl) {
  if (!gl.fenceSync) return frame(gl, 1) < PATIENCE; // WebGL 1 can only wait
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  for (let waited = 0; waited < PATIENCE; waited += 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) return true;
  }
  return false;
}

/** Draw so many rows and return how long it took; to read a point is to wait for them. */
function frame(gl, rows) {
  const started = performance.now();
  gl.viewport(0, 0, SIDE, rows);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return performance.now() - started;
}
