using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Akka.Configuration;
using AkkaChat.Cluster.Specs.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>The port that nodes have for each other, and who else may find it (V-35).</summary>
public sealed class RemotingPortSpec
{
    private const string Password = "only for this test";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\0\0\0\u0004\u0008\u0096\u0001\u0001")]
    [InlineData("\u007f\u007f\u007f\u007fmore than a frame may have")]
    [InlineData("\u0016\u0003\u0001\u0002")]
    public async Task Whatever_bytes_come_there_the_cluster_goes_on(string text)
    {
        var history = new ObservedHistory();
        var nodes = await ClusterNode.StartAsync(2, history);
        var alice = await nodes[0].JoinAsync("alice");

        await ScribbleAsync(nodes[0], Encoding.Latin1.GetBytes(text));
        await ScribbleAsync(nodes[0], RandomNumberGenerator.GetBytes(100_000));

        await nodes[1].Emit("hello", ClusterNode.Room).WaitAsync(Eventually.Patience);
        await history.Until(_ => alice.Received.Length == 1, "alice has it");
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
    }

    /// <summary>Where two processes may listen at one port, each gets some of the other's connections.</summary>
    [Fact]
    public async Task A_port_that_another_process_listens_at_is_not_shared_with_it()
    {
        var history = new ObservedHistory();
        var nodes = await ClusterNode.StartAsync(1, history);
        var port = Akka.Cluster.Cluster.Get(nodes[0].System).SelfAddress.Port;
        var same = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {port}");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ClusterNode.StartAsync(1, history, same));

        Assert.Contains("in use", failure.ToString(), StringComparison.Ordinal);
        await nodes[0].DisposeAsync();
    }

    [Fact]
    public async Task With_certificates_nodes_talk_over_TLS_and_take_nothing_without()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllBytesAsync(file, CreateCertificate());
        var tls = ConfigurationFactory.ParseString(
            $$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = true
              ssl { suppress-validation = true, certificate { path = "{{file}}", password = "{{Password}}" } }
            }
            """);
        var history = new ObservedHistory();
        var nodes = await ClusterNode.StartAsync(2, history, tls);
        var alice = await nodes[0].JoinAsync("alice");

        await ScribbleAsync(nodes[0], "GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await nodes[1].Emit("hello", ClusterNode.Room).WaitAsync(Eventually.Patience);

        await history.Until(_ => alice.Received.Length == 1, "alice has it");
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        File.Delete(file);
    }

    /// <summary>Says something, and waits until it is hung up on, or for a moment.</summary>
    private static async Task ScribbleAsync(ClusterNode node, byte[] bytes)
    {
        var address = Akka.Cluster.Cluster.Get(node.System).SelfAddress;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host!, address.Port!.Value);
        using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await client.GetStream().WriteAsync(bytes, moment.Token);
            await client.GetStream().ReadExactlyAsync(new byte[1], moment.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Either will do.
        }
    }

    private static byte[] CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return certificate.Export(X509ContentType.Pfx, Password);
    }
}
