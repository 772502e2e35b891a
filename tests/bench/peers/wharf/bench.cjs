// SPDX-License-Identifier: MIT
// (i) sessions, (j) signing + ESR  -- WharfKit 1.7.0
const { SessionKit, Session, PrivateKey, Checksum256, ABI, Transaction, ChainDefinition, SigningRequest } = require('@wharfkit/session');
const { WalletPluginPrivateKey } = require('@wharfkit/wallet-plugin-privatekey');
const fs = require('fs'); const zlib=require('zlib'); const pako=require('pako');
const { performance } = require('perf_hooks'); const now=()=>performance.now();
const sorted=a=>Float64Array.from(a).sort(), median=a=>{const s=sorted(a),m=s.length>>1;return s.length%2?s[m]:(s[m-1]+s[m])/2}, pct=(a,p)=>{const s=sorted(a);return s[Math.min(s.length-1,Math.ceil(s.length*p)-1)]};
const out=(c,n,v,unit,x={})=>console.log(JSON.stringify({case:c,n,value:typeof v==='number'?+v.toPrecision(5):v,unit,...x}));
const gc=()=>globalThis.gc&&gc_(); const gc_=globalThis.gc;
const CH='73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d';
const chains=[{id:CH,url:'https://bench.invalid'}];
const ui={login:async()=>({}),onError:async()=>{},onAccountCreate:async()=>({}),onAccountCreateComplete:async()=>{},onLogin:async()=>{},onLoginComplete:async()=>{},onTransact:async()=>{},onTransactComplete:async()=>{},onSign:async()=>{},onSignComplete:async()=>{},onBroadcast:async()=>{},onBroadcastComplete:async()=>{},prompt:()=>{},status:()=>{},translate:k=>k,getTranslate:()=>k=>k,addTranslations:()=>{}};
class Mem{constructor(){this.m=new Map()} async write(k,v){this.m.set(k,v)} async read(k){return this.m.get(k)??null} async remove(k){this.m.delete(k)}}
class File{constructor(d){this.d=d;fs.mkdirSync(d,{recursive:true})} async write(k,v){fs.writeFileSync(`${this.d}/${k}`,v)} async read(k){try{return fs.readFileSync(`${this.d}/${k}`,'utf8')}catch{return null}} async remove(k){fs.rmSync(`${this.d}/${k}`,{force:true})}}
const B='abcdefghijklmnopqrstuvwxyz12345'; const name=i=>{let s='';for(let k=0;k<4;k++){s=B[i%31]+s;i=(i/31)|0}return 'acct'+s};
const fetchFail=async u=>{ console.log(JSON.stringify({case:'NETWORK_CALL',url:String(u)})); throw new Error('no network') };
const KEY='5JtoxgT2vqRTNtXEmUHT8xpWuXBPVTjFwMBXgLR1KgXgGxVgZiM'.length?PrivateKey.generate('K1'):0;
const plugin=new WalletPluginPrivateKey(KEY);
const mkKit=(st,plugins=[plugin])=>new SessionKit({appName:'bench',chains,ui,walletPlugins:plugins},{storage:st,fetch:fetchFail});
const settle=()=>new Promise(r=>setImmediate(()=>setImmediate(r)));
const login=(kit,i)=>kit.login({chain:CH,permissionLevel:name(i)+'@active'});
const NS=(process.env.NS||'10,100,1000').split(',').map(Number);
(async()=>{
 {const k=mkKit(new Mem()); for(let r=0;r<5;r++) for(let i=0;i<40;i++){await login(k,i);await settle();}} // warm JIT
 for(const N of NS){
  const R=N>=1000?5:9; let st,kit,fillMs=0;
  for(const kind of ['memory','file']){ const tot=[],last=[]; const reps=N>=1000?5:R;
   for(let r=0;r<reps;r++){  st=kind==='memory'?new Mem():new File(process.env.PEERBENCH_TMP+'/wst'); await st.remove('sessions'); await st.remove('session'); kit=mkKit(st); const t=now(); let l=[]; for(let i=0;i<N;i++){const t1=now(); await login(kit,i); await settle(); l.push(now()-t1);} tot.push(now()-t); last.push(median(l.slice(-Math.min(20,N)))); }
   const s=JSON.parse(await st.read('sessions')); out(`i.login_total.${kind}`,N,median(tot),'ms',{reps,stored:s.length,bytes:(await st.read('sessions')).length,per_login_at_end_ms:+median(last).toFixed(3)}); }
  // use memory for remaining
  const mem=new Mem(); await mem.write('sessions',await st.read('sessions')); await mem.write('session',await st.read('session')); kit=mkKit(mem);
  { const a=[]; for(let k=0;k<4;k++) await kit.getSessions(); for(let r=0;r<15;r++){const t=now(); const s=await kit.getSessions(); a.push(now()-t); if(s.length!==N) out('i.ERROR',N,s.length,'sessions');} out('i.getSessions',N,median(a),'ms'); }
  let x=1; const rnd=()=>{x=(Math.imul(x,1664525)+1013904223)>>>0;return x%N};
  { const vis=[],dur=[]; const it=N>=1000?60:200; for(let k=0;k<10;k++){await kit.restore({chain:CH,actor:name(rnd()),permission:'active'});await settle();}
    for(let k=0;k<it;k++){ const a={chain:CH,actor:name(rnd()),permission:'active'}; let t=now(); const s=await kit.restore(a); vis.push((now()-t)*1000); await settle(); dur.push((now()-t)*1000); if(String(s.actor)!==a.actor) throw 1; }
    out('i.switch=restore(setAsDefault).return.median',N,median(vis),'us',{p99:+pct(vis,.99).toFixed(0)}); out('i.switch=restore.until_persisted.median',N,median(dur),'us',{p99:+pct(dur,.99).toFixed(0)}); }
  { const a=[],kept=[]; const reps=5; for(let r=0;r<reps;r++){  const t=now(); let ss; try{ ss=await kit.restoreAll(); }catch(e){ out('i.restoreAll.EXCEPTION',N,e.message.slice(0,100),''); break; } await settle(); a.push(now()-t); kept.push(ss.length); }
    if(a.length) out('i.restoreAll(+persist)',N,median(a),'ms',{reps,restored:kept[0],left_in_storage:(await kit.getSessions()).length}); }
 }
 // (j)
 const mem=new Mem(); const kit=mkKit(mem); const {session}=await login(kit,0);
 const abi=ABI.from({version:'eosio::abi/1.1',types:[],structs:[{name:'transfer',base:'',fields:[{name:'from',type:'name'},{name:'to',type:'name'},{name:'quantity',type:'asset'},{name:'memo',type:'string'}]}],actions:[{name:'transfer',type:'transfer',ricardian_contract:''}],tables:[]});
 const action=i=>({account:'eosio.token',name:'transfer',authorization:[{actor:name(0),permission:'active'}],data:{from:name(0),to:'bench',quantity:'1.0000 EOS',memo:'memo '+i}});
 const tx=Transaction.from({expiration:'2030-01-01T00:00:00',ref_block_num:1,ref_block_prefix:2,max_net_usage_words:0,max_cpu_usage_ms:0,delay_sec:0,context_free_actions:[],actions:[action(0)],transaction_extensions:[]},[{contract:'eosio.token',abi}]);
 { const a=[]; for(let i=0;i<50;i++) await session.signTransaction(tx); for(let r=0;r<7;r++){const t=now(); for(let i=0;i<100;i++) await session.signTransaction(tx); a.push(100/((now()-t)/1000));} out('j.session.signTransaction',100,median(a),'ops/s'); }
 { const d=tx.signingDigest(Checksum256.from(CH)); const a=[]; for(let i=0;i<20;i++) KEY.signDigest(d); for(let r=0;r<7;r++){const t=now(); for(let i=0;i<100;i++) KEY.signDigest(d); a.push(100/((now()-t)/1000));} out('j.PrivateKey.signDigest_only',100,median(a),'ops/s'); }
 const zl={deflateRaw:d=>pako.deflateRaw(d),inflateRaw:d=>pako.inflateRaw(d)}; const opt={zlib:zl,abiProvider:{getAbi:async()=>abi}};
 const abis=new Map([['eosio.token',abi]]);
 { const e=[],d=[],full=[]; let uri; const n=500; for(let r=0;r<9;r++){ const us=[]; let t=now(); for(let i=0;i<n;i++){ const q=await SigningRequest.create({action:action(i),chainId:CH},opt); us.push(q.encode()); } const te=now()-t; t=now(); for(const u of us){ const q=SigningRequest.from(u,opt); q.resolveActions(abis,{actor:name(0),permission:'active'}); } const td=now()-t; uri=us[0]; if(r>1){e.push(n/(te/1000));d.push(n/(td/1000));full.push(n/((te+td)/1000));} }
   out('j.esr.create+encode',n,median(e),'ops/s',{uri_len:uri.length}); out('j.esr.from+resolveActions',n,median(d),'ops/s'); out('j.esr.roundtrip',n,median(full),'ops/s'); }
 fs.rmSync(process.env.PEERBENCH_TMP+'/wst',{recursive:true,force:true}); process.exit(0);
})().catch(e=>{console.log(JSON.stringify({case:'FATAL',msg:e.stack}));process.exit(1)});
