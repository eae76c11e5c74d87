/** The folder of the bucket of deliveries into which the mail system puts what arrives. */
export const mailFolder = 'mail';
