// Repeats core/change.py: how much each probability changes between two situations, however small the change.

/**
 * What each class gains or loses. It is added up from what it takes from each other class, so that nothing
 * cancels; what one class takes, the other loses.
 *
 * @param {readonly number[]} before The raw outputs in the first situation.
 * @param {readonly number[]} after The raw outputs in the second situation.
 * @param {number} temperature
 * @param {readonly number[]} p The probabilities in the first situation.
 * @param {readonly number[]} then The probabilities in the second situation.
 */
export function probabilityChange(before, after, temperature, p, then) {
  const n = p.length;
  const gained = new Array(n).fill(0);
  const lost = new Array(n).fill(0);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) {
      const ahead = (after[i] - before[i] - (after[k] - before[k])) / temperature;
      const [to, from] = ahead > 0 ? [i, k] : [k, i];
      const taken = -then[to] * p[from] * Math.expm1(-Math.abs(ahead));
      gained[to] += taken;
      lost[from] += taken;
    }
  }
  return gained.map((gain, k) => gain - lost[k]);
}
