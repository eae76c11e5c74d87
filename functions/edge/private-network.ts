import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OutboundFailure } from './outbound-failure.ts';

/** The networks that people number as they like (RFC 1918, RFC 4193): never this machine, nor what tells about it. */
const own = new BlockList();
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addSubnet('fc00::', 7, 'ipv6');
/** Of these, where AWS answers about the machine that asks. */
const aboutUs = new BlockList();
aboutUs.addSubnet('fd00:ec2::', 32, 'ipv6');

/** Whether an address lies in a private network of somebody's own. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) !== 0 && own.check(address, family) && !aboutUs.check(address, family);
}

/** Refuses a host that is an address outside of private networks; names are looked at when they are looked up. */
export function checkPrivateHost(hostname: string): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !isPrivateAddress(address)) throw notPrivate();
}

/** Looks a name up, and refuses it when one of its addresses is in no private network. */
export function privateLookup(lookup: LookupFunction = systemLookup as LookupFunction): LookupFunction {
  return (hostname, options, found) =>
    lookup(hostname, options, (error, address, family) => {
      if (error) return found(error, address, family);
      const all = Array.isArray(address) ? address.map((one) => one.address) : [address];
      if (all.every(isPrivateAddress)) return found(null, address, family);
      return found(notPrivate() as NodeJS.ErrnoException, '', 0);
    });
}

const notPrivate = (): OutboundFailure =>
  new OutboundFailure(
    'refused',
    'the address is refused, because it leads to no private network, for which alone privateEndpoint is the exception',
  );
