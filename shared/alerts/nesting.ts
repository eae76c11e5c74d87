/** Whether a JSON text is nested deeper than so many levels. Linear, without parsing: it is asked before anything is parsed. */
export function nestedDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') {
      depth += 1;
      if (depth > levels) return true;
    } else if (letter === '}' || letter === ']') depth -= 1;
  }
  return false;
}
