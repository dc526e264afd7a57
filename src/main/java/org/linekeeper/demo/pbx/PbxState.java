package org.linekeeper.demo.pbx;

/** What is the matter with a simulated PBX? */
public enum PbxState {
  /** No process: connects are refused. */
  STOPPED,
  /** Fine. */
  RUNNING,
  /** The process stands still: TCP still connects, nothing answers. */
  HUNG,
  /** The host is cut off: nothing answers, new TCP connects time out. */
  CUT_OFF,
  /** SIP is silent while AMI is fine. */
  SIP_SILENT,
  /** {@code core stop now} runs: SIP says 503, AMI ends after a moment. */
  SHUTTING_DOWN
}
