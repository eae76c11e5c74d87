import { useEffect, useState } from 'react';

/** How long somebody has to stop typing before others hear of it, in milliseconds. */
const PAUSE = 300;

/**
 * What is being typed over a value that lives elsewhere, such as in the address. It is told when typing pauses, and follows
 * when the value changes from elsewhere; what was typed meanwhile is never taken back by its own echo.
 */
export function useTyped(value: string, tell: (typed: string) => void) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== told) setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === told) return;
    const timer = setTimeout(() => {
      setTold(typed.trim());
      tell(typed.trim());
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, told, tell]);
  return [typed, setTyped] as const;
}
