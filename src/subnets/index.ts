export {
  contains,
  formatAddress,
  formatSubnet,
  lastOf,
  parseAddress,
  parseSubnet,
  type Address,
  type Subnet,
} from './addresses.js';
export { chooseSubnets, ipamConfigs, type IpamConfig, type SubnetPlan } from './choose-subnets.js';
export { moveAddress, relocate, relocateAll, type Move } from './relocation.js';
export { reserveAddresses } from './reserve-addresses.js';
