/* x */ create -- y
 table t3(a/**/int/* , b */, [b] "quoted type" default "dq" , c default bare)