import { useState } from 'react';

/** What is being written, kept by the tab: a reload, or a session that ends and begins again, does not lose it. */
export function useDraft<Draft extends object>(name: string, empty: Draft) {
  const place = `draft:${name}`;
  const [draft, setDraft] = useState<Draft>(() => ({ ...empty, ...kept(place) }));
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    keep(place, next);
    setDraft(next);
  };
  const forget = () => {
    sessionStorage.removeItem(place);
    setDraft(empty);
  };
  return { draft, change, forget };
}

/** What is too long for the tab to keep lives as long as the page. */
function keep(place: string, draft: object): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(draft));
  } catch (error) {
    if (error instanceof DOMException) return;
    throw error;
  }
}

function kept(place: string): object {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    // Something else wrote here; a draft is not worth a broken page.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
