/** Whether `text` fits a pattern in which `*` is any run of characters and `?` any one; linear in both, without regex. */
export function wildcard(pattern: string, text: string): boolean {
  let [at, seen, star, mark] = [0, 0, -1, 0];
  while (seen < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      mark = seen;
    } else if (pattern[at] === '?' || pattern[at] === text[seen]) {
      at++;
      seen++;
    } else if (star >= 0) {
      at = star + 1;
      seen = ++mark;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
