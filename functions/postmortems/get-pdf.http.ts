import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { documentOf, titleOf } from '../../shared/postmortems/index.ts';
import { reply } from '../edge/reply.ts';
import { router } from '../edge/router.ts';
import { verb } from '../edge/verb.ts';
import { drawingFor } from './drawn.ts';
import { found } from './found.ts';
import { pdfOf } from './pdf.ts';

/** A post-mortem as PDF. */
const getPdf = verb({
  api: postmortemsApi['get-pdf'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const { postmortem, actions, incident } = await found(org, id);
    const title = titleOf(postmortem);
    const drawing = await drawingFor(incident, postmortem);
    const bytes = await pdfOf(documentOf(postmortem, actions), { title, drawing, foot: title.slice(0, 90) });
    return reply(200, bytes, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${postmortem.name}-post-mortem.pdf"`,
    });
  },
});

/** In a Lambda of its own: what makes PDFs weighs more than all the rest. */
export const handler = router('PostmortemPdf', { 'get-pdf': getPdf });
