import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mailFolder } from '../../shared/wiring/index.ts';
import { setting } from './settings.ts';

/** Nobody waits for it; what fails is brought again. */
const client = new S3Client({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** So much of a mail is read: attachments, which are not looked at, are what makes mails larger. */
const MOST = 1_000_000;

/** The beginning of a mail as it was sent, by the name that the mail system gave it. */
export async function readMailFile(id: string): Promise<Uint8Array> {
  const { Body } = await client.send(
    new GetObjectCommand({
      Bucket: setting('deliveryBucket'),
      Key: `${mailFolder}/${id}`,
      Range: `bytes=0-${MOST - 1}`,
    }),
  );
  if (Body === undefined) throw new Error(`S3 gave no content for the mail ${id}`);
  return Body.transformToByteArray();
}
