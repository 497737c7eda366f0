/**
 * Which system calls a student's process may make, and the numbers they have on each architecture. Numbers are those of
 * Linux's <asm/unistd_64.h> (x64) and <asm-generic/unistd.h> (arm64); a name that an architecture lacks is left out there.
 */

/** What Node with tfjs, its WebAssembly and its threads need on a read-only file system without network. */
export const ALLOWED = words(`
  read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2 close close_range
  stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getcwd chdir
  fchdir lseek getdents getdents64 ftruncate truncate fsync fdatasync fallocate fadvise64 rename renameat
  renameat2 mkdir mkdirat rmdir unlink unlinkat utimensat umask dup dup2 dup3 pipe pipe2 poll ppoll select
  pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
  timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4 mmap munmap mremap mprotect madvise mincore
  msync brk mlock munlock membarrier pkey_alloc pkey_free pkey_mprotect rt_sigaction rt_sigprocmask rt_sigreturn
  rt_sigsuspend rt_sigpending rt_sigtimedwait rt_sigqueueinfo sigaltstack futex futex_waitv set_robust_list
  get_robust_list set_tid_address rseq restart_syscall nanosleep clock_nanosleep clock_gettime clock_getres
  gettimeofday time times getitimer setitimer alarm timer_create timer_settime timer_delete timer_gettime getpid
  getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid capget uname
  sysinfo getrusage getrlimit prlimit64 getpriority sched_yield sched_getaffinity sched_getparam
  sched_getscheduler sched_get_priority_max sched_get_priority_min sched_getattr getcpu arch_prctl getrandom exit
  exit_group wait4 waitid kill tgkill tkill execve sendfile splice tee copy_file_range sendmsg recvmsg sendto
  recvfrom shutdown getsockname getpeername getsockopt setsockopt set_mempolicy_home_node get_mempolicy
`);

/** Refused with EPERM, so that a program sees "not permitted" and not "kernel too old". Whatever is in no list is refused with ENOSYS. */
export const DENIED = words(`
  ptrace process_vm_readv process_vm_writev kcmp mount umount2 pivot_root chroot unshare setns reboot kexec_load
  kexec_file_load init_module finit_module delete_module swapon swapoff acct syslog _sysctl iopl ioperm modify_ldt
  sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex stime nfsservctl lookup_dcookie
  name_to_handle_at open_by_handle_at quotactl vhangup personality setuid setgid setreuid setregid setresuid
  setresgid setgroups setfsuid setfsgid capset seccomp mknod mknodat move_pages migrate_pages mbind set_mempolicy
  uselib ustat sysfs vmsplice socket socketpair connect bind listen accept accept4 shmget shmat msgget semget
  mq_open memfd_create execveat flock link linkat symlink symlinkat chmod fchmod fchmodat chown lchown fchown
  fchownat setxattr lsetxattr fsetxattr inotify_init inotify_init1 setpriority sched_setaffinity
  sched_setscheduler sched_setattr ioprio_set setrlimit setpgid setsid pidfd_open pidfd_send_signal fork vfork
`);

const X64 = numbers(`
  read:0 write:1 open:2 close:3 stat:4 fstat:5 lstat:6 poll:7 lseek:8 mmap:9 mprotect:10 munmap:11 brk:12
  rt_sigaction:13 rt_sigprocmask:14 rt_sigreturn:15 ioctl:16 pread64:17 pwrite64:18 readv:19 writev:20 access:21
  pipe:22 select:23 sched_yield:24 mremap:25 msync:26 mincore:27 madvise:28 shmget:29 shmat:30 dup:32 dup2:33
  nanosleep:35 getitimer:36 alarm:37 setitimer:38 getpid:39 sendfile:40 socket:41 connect:42 accept:43 sendto:44
  recvfrom:45 sendmsg:46 recvmsg:47 shutdown:48 bind:49 listen:50 getsockname:51 getpeername:52 socketpair:53
  setsockopt:54 getsockopt:55 clone:56 fork:57 vfork:58 execve:59 exit:60 wait4:61 kill:62 uname:63 semget:64
  msgget:68 fcntl:72 flock:73 fsync:74 fdatasync:75 truncate:76 ftruncate:77 getdents:78 getcwd:79 chdir:80
  fchdir:81 rename:82 mkdir:83 rmdir:84 link:86 unlink:87 symlink:88 readlink:89 chmod:90 fchmod:91 chown:92
  fchown:93 lchown:94 umask:95 gettimeofday:96 getrlimit:97 getrusage:98 sysinfo:99 times:100 ptrace:101
  getuid:102 syslog:103 getgid:104 setuid:105 setgid:106 geteuid:107 getegid:108 setpgid:109 getppid:110
  getpgrp:111 setsid:112 setreuid:113 setregid:114 getgroups:115 setgroups:116 setresuid:117 getresuid:118
  setresgid:119 getresgid:120 getpgid:121 setfsuid:122 setfsgid:123 getsid:124 capget:125 capset:126
  rt_sigpending:127 rt_sigtimedwait:128 rt_sigqueueinfo:129 rt_sigsuspend:130 sigaltstack:131 mknod:133 uselib:134
  personality:135 ustat:136 statfs:137 fstatfs:138 sysfs:139 getpriority:140 setpriority:141 sched_getparam:143
  sched_setscheduler:144 sched_getscheduler:145 sched_get_priority_max:146 sched_get_priority_min:147 mlock:149
  munlock:150 vhangup:153 modify_ldt:154 pivot_root:155 _sysctl:156 prctl:157 arch_prctl:158 adjtimex:159
  setrlimit:160 chroot:161 acct:163 settimeofday:164 mount:165 umount2:166 swapon:167 swapoff:168 reboot:169
  sethostname:170 setdomainname:171 iopl:172 ioperm:173 init_module:175 delete_module:176 quotactl:179
  nfsservctl:180 gettid:186 setxattr:188 lsetxattr:189 fsetxattr:190 tkill:200 time:201 futex:202
  sched_setaffinity:203 sched_getaffinity:204 lookup_dcookie:212 epoll_create:213 getdents64:217
  set_tid_address:218 restart_syscall:219 fadvise64:221 timer_create:222 timer_settime:223 timer_gettime:224
  timer_delete:226 clock_settime:227 clock_gettime:228 clock_getres:229 clock_nanosleep:230 exit_group:231
  epoll_wait:232 epoll_ctl:233 tgkill:234 mbind:237 set_mempolicy:238 get_mempolicy:239 mq_open:240 kexec_load:246
  waitid:247 add_key:248 request_key:249 keyctl:250 ioprio_set:251 inotify_init:253 migrate_pages:256 openat:257
  mkdirat:258 mknodat:259 fchownat:260 newfstatat:262 unlinkat:263 renameat:264 linkat:265 symlinkat:266
  readlinkat:267 fchmodat:268 faccessat:269 pselect6:270 ppoll:271 unshare:272 set_robust_list:273
  get_robust_list:274 splice:275 tee:276 vmsplice:278 move_pages:279 utimensat:280 epoll_pwait:281 signalfd:282
  timerfd_create:283 eventfd:284 fallocate:285 timerfd_settime:286 timerfd_gettime:287 accept4:288 signalfd4:289
  eventfd2:290 epoll_create1:291 dup3:292 pipe2:293 inotify_init1:294 preadv:295 pwritev:296 perf_event_open:298
  fanotify_init:300 prlimit64:302 name_to_handle_at:303 open_by_handle_at:304 clock_adjtime:305 setns:308
  getcpu:309 process_vm_readv:310 process_vm_writev:311 kcmp:312 finit_module:313 sched_setattr:314
  sched_getattr:315 renameat2:316 seccomp:317 getrandom:318 memfd_create:319 kexec_file_load:320 bpf:321
  execveat:322 userfaultfd:323 membarrier:324 copy_file_range:326 preadv2:327 pwritev2:328 pkey_mprotect:329
  pkey_alloc:330 pkey_free:331 statx:332 rseq:334 pidfd_send_signal:424 io_uring_setup:425 io_uring_enter:426
  io_uring_register:427 open_tree:428 move_mount:429 fsopen:430 fsconfig:431 fsmount:432 fspick:433 pidfd_open:434
  clone3:435 close_range:436 openat2:437 pidfd_getfd:438 faccessat2:439 process_madvise:440 epoll_pwait2:441
  mount_setattr:442 quotactl_fd:443 landlock_create_ruleset:444 memfd_secret:447 futex_waitv:449
  set_mempolicy_home_node:450
`);

const ARM64 = numbers(`
  setxattr:5 lsetxattr:6 fsetxattr:7 getcwd:17 lookup_dcookie:18 eventfd2:19 epoll_create1:20 epoll_ctl:21
  epoll_pwait:22 dup:23 dup3:24 fcntl:25 inotify_init1:26 ioctl:29 ioprio_set:30 flock:32 mknodat:33 mkdirat:34
  unlinkat:35 symlinkat:36 linkat:37 renameat:38 umount2:39 mount:40 pivot_root:41 nfsservctl:42 statfs:43
  fstatfs:44 truncate:45 ftruncate:46 fallocate:47 faccessat:48 chdir:49 fchdir:50 chroot:51 fchmod:52 fchmodat:53
  fchownat:54 fchown:55 openat:56 close:57 vhangup:58 pipe2:59 quotactl:60 getdents64:61 lseek:62 read:63 write:64
  readv:65 writev:66 pread64:67 pwrite64:68 preadv:69 pwritev:70 sendfile:71 pselect6:72 ppoll:73 signalfd4:74
  vmsplice:75 splice:76 tee:77 readlinkat:78 newfstatat:79 fstat:80 fsync:82 fdatasync:83 timerfd_create:85
  timerfd_settime:86 timerfd_gettime:87 utimensat:88 acct:89 capget:90 capset:91 personality:92 exit:93
  exit_group:94 waitid:95 set_tid_address:96 unshare:97 futex:98 set_robust_list:99 get_robust_list:100
  nanosleep:101 getitimer:102 setitimer:103 kexec_load:104 init_module:105 delete_module:106 timer_create:107
  timer_gettime:108 timer_settime:110 timer_delete:111 clock_settime:112 clock_gettime:113 clock_getres:114
  clock_nanosleep:115 syslog:116 ptrace:117 sched_setscheduler:119 sched_getscheduler:120 sched_getparam:121
  sched_setaffinity:122 sched_getaffinity:123 sched_yield:124 sched_get_priority_max:125
  sched_get_priority_min:126 restart_syscall:128 kill:129 tkill:130 tgkill:131 sigaltstack:132 rt_sigsuspend:133
  rt_sigaction:134 rt_sigprocmask:135 rt_sigpending:136 rt_sigtimedwait:137 rt_sigqueueinfo:138 rt_sigreturn:139
  setpriority:140 getpriority:141 reboot:142 setregid:143 setgid:144 setreuid:145 setuid:146 setresuid:147
  getresuid:148 setresgid:149 getresgid:150 setfsuid:151 setfsgid:152 times:153 setpgid:154 getpgid:155 getsid:156
  setsid:157 getgroups:158 setgroups:159 uname:160 sethostname:161 setdomainname:162 getrlimit:163 setrlimit:164
  getrusage:165 umask:166 prctl:167 getcpu:168 gettimeofday:169 settimeofday:170 adjtimex:171 getpid:172
  getppid:173 getuid:174 geteuid:175 getgid:176 getegid:177 gettid:178 sysinfo:179 mq_open:180 msgget:186
  semget:190 shmget:194 shmat:196 socket:198 socketpair:199 bind:200 listen:201 accept:202 connect:203
  getsockname:204 getpeername:205 sendto:206 recvfrom:207 setsockopt:208 getsockopt:209 shutdown:210 sendmsg:211
  recvmsg:212 brk:214 munmap:215 mremap:216 add_key:217 request_key:218 keyctl:219 clone:220 execve:221 mmap:222
  fadvise64:223 swapon:224 swapoff:225 mprotect:226 msync:227 mlock:228 munlock:229 mincore:232 madvise:233
  mbind:235 get_mempolicy:236 set_mempolicy:237 migrate_pages:238 move_pages:239 perf_event_open:241 accept4:242
  wait4:260 prlimit64:261 fanotify_init:262 name_to_handle_at:264 open_by_handle_at:265 clock_adjtime:266
  setns:268 process_vm_readv:270 process_vm_writev:271 kcmp:272 finit_module:273 sched_setattr:274
  sched_getattr:275 renameat2:276 seccomp:277 getrandom:278 memfd_create:279 bpf:280 execveat:281 userfaultfd:282
  membarrier:283 copy_file_range:285 preadv2:286 pwritev2:287 pkey_mprotect:288 pkey_alloc:289 pkey_free:290
  statx:291 rseq:293 kexec_file_load:294 pidfd_send_signal:424 io_uring_setup:425 io_uring_enter:426
  io_uring_register:427 open_tree:428 move_mount:429 fsopen:430 fsconfig:431 fsmount:432 fspick:433 pidfd_open:434
  clone3:435 close_range:436 openat2:437 pidfd_getfd:438 faccessat2:439 process_madvise:440 epoll_pwait2:441
  mount_setattr:442 quotactl_fd:443 landlock_create_ruleset:444 memfd_secret:447 futex_waitv:449
  set_mempolicy_home_node:450
`);

export interface Architecture {
  /** AUDIT_ARCH_* of <linux/audit.h>: what the kernel tells the filter. */
  audit: number;
  calls: ReadonlyMap<string, number>;
  /** First number of a second, unfiltered calling convention behind the same audit value (x32), if there is one. */
  foreignFrom?: number;
}

/** The architectures a filter can be assembled for, named as `process.arch` names them. */
export const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: { audit: 0xc000003e, calls: X64, foreignFrom: 0x40000000 },
  arm64: { audit: 0xc00000b7, calls: ARM64 },
};

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function numbers(text: string): ReadonlyMap<string, number> {
  return new Map(
    words(text).map((entry) => {
      const [name = '', number = ''] = entry.split(':');
      return [name, Number(number)];
    }),
  );
}
