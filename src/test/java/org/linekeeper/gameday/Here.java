package org.linekeeper.gameday;
final class Here { public static void main(String[] a){ GameDay.run(java.util.List.of(a), System.out::println);} }
