import { useDraft } from '../ui/use-draft.ts';
import { type BrandingDraft, draftOf } from './branding.ts';
import { BrandingForm } from './branding-form.tsx';
import { ShownPage } from './shown-page.tsx';
import type { Publishing } from './use-status.ts';

/** Texts and look of the page, and the page as it would be with them. */
export function LookSection(publishing: Publishing) {
  const { status, api } = publishing;
  const { draft, change, forget } = useDraft<Partial<BrandingDraft> & { readonly from?: number }>(
    'branding',
    {},
  );
  const { from, ...written } = draft;
  const branding = { ...draftOf(status.page), ...written };
  const write = (part: Partial<BrandingDraft>) => change({ ...part, from: from ?? status.version });
  return (
    <>
      <BrandingForm {...publishing} draft={branding} from={from} onWrite={write} onForget={forget} />
      <ShownPage api={api} status={status} draft={from === undefined ? undefined : branding} />
    </>
  );
}
