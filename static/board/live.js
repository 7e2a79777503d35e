// What moves on one part of the page and is felt on another, without a trip to the server.

const temperatures = new Set();

/** Be told of every temperature while its slider moves. Returns how to stop. */
export function onTemperature(listener) {
  temperatures.add(listener);
  return () => temperatures.delete(listener);
}

/** The temperature slider moved. */
export function tellTemperature(value) {
  for (const listener of temperatures) listener(value);
}
