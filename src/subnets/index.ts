export { contains, formatAddress, formatSubnet, parseAddress, parseSubnet, type Subnet } from './addresses.js';
export { chooseSubnets, ipamConfigs, type IpamConfig, type SubnetPlan } from './choose-subnets.js';
export { describeMove, moveAddress, relocate, relocateAll, type Move } from './relocation.js';
export { reserveAddresses } from './reserve-addresses.js';
