/**
 * The commands that redis-server 7.0.15 answers COMMAND with, and those that Redis 7.2 to 8 and Valkey 7.2 to 9 have beside them: who
 * sends one that is not built in has made no mistake.
 */
export const knownCommands: ReadonlySet<string> = words(`
  acl append asking auth bgrewriteaof bgsave bitcount bitfield bitfield_ro bitop bitpos blmove blmpop blpop
  brpop brpoplpush bzmpop bzpopmax bzpopmin client cluster command config copy dbsize debug decr decrby del
  discard dump echo eval eval_ro evalsha evalsha_ro exec exists expire expireat expiretime failover fcall
  fcall_ro flushall flushdb function geoadd geodist geohash geopos georadius georadius_ro georadiusbymember
  georadiusbymember_ro geosearch geosearchstore get getbit getdel getex getrange getset hdel hello hexists hget
  hgetall hincrby hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset hsetnx hstrlen hvals incr incrby
  incrbyfloat info keys lastsave latency lcs lindex linsert llen lmove lmpop lolwut lpop lpos lpush lpushx
  lrange lrem lset ltrim memory mget migrate module monitor move mset msetnx multi object persist pexpire
  pexpireat pexpiretime pfadd pfcount pfdebug pfmerge pfselftest ping psetex psubscribe psync pttl publish
  pubsub punsubscribe quit randomkey readonly readwrite rename renamenx replconf replicaof reset restore
  restore-asking role rpop rpoplpush rpush rpushx sadd save scan scard script sdiff sdiffstore select set setbit
  setex setnx setrange shutdown sinter sintercard sinterstore sismember slaveof slowlog smembers smismember
  smove sort sort_ro spop spublish srandmember srem sscan ssubscribe strlen subscribe substr sunion sunionstore
  sunsubscribe swapdb sync time touch ttl type unlink unsubscribe unwatch wait watch xack xadd xautoclaim xclaim
  xdel xgroup xinfo xlen xpending xrange xread xreadgroup xrevrange xsetid xtrim zadd zcard zcount zdiff
  zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange
  zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore zrevrange
  zrevrangebylex zrevrangebyscore zrevrank zscan zscore zunion zunionstore
  commandlog delifeq hexpire hexpireat hexpiretime hgetdel hgetex hpersist hpexpire hpexpireat hpexpiretime
  hpttl hsetex httl waitaof
`);

/** Of the commands that are built in in part. */
export const knownSubcommands: ReadonlySet<string> = words(`
  acl|cat acl|deluser acl|dryrun acl|genpass acl|getuser acl|help acl|list acl|load acl|log acl|save acl|setuser
  acl|users acl|whoami client|caching client|getname client|getredir client|help client|id client|info
  client|kill client|list client|no-evict client|pause client|reply client|setname client|tracking
  client|trackinginfo client|unblock client|unpause cluster|addslots cluster|addslotsrange cluster|bumpepoch
  cluster|count-failure-reports cluster|countkeysinslot cluster|delslots cluster|delslotsrange cluster|failover
  cluster|flushslots cluster|forget cluster|getkeysinslot cluster|help cluster|info cluster|keyslot
  cluster|links cluster|meet cluster|myid cluster|nodes cluster|replicas cluster|replicate cluster|reset
  cluster|saveconfig cluster|set-config-epoch cluster|setslot cluster|shards cluster|slaves cluster|slots
  command|count command|docs command|getkeys command|getkeysandflags command|help command|info command|list
  config|get config|help config|resetstat config|rewrite config|set pubsub|channels pubsub|help pubsub|numpat
  pubsub|numsub pubsub|shardchannels pubsub|shardnumsub
  client|capa client|import-source client|no-touch client|setinfo cluster|myshardid cluster|slot-stats
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
